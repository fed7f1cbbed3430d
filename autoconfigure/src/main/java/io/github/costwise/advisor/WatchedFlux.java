package io.github.costwise.advisor;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Lets a watcher see every signal of a flux before it is passed on, and replace the last
 * element once it is known to be the last, at the price of two method calls a signal.
 * Reactor's own {@code tap} would restore the propagated context around each, and tells
 * of an element only after a conditional subscriber has taken it.
 */
final class WatchedFlux {

	private WatchedFlux() {
	}

	static <T> Flux<T> of(Publisher<T> source, Watcher<T> watcher) {
		return Flux.from((Publisher<T>) (subscriber) -> source
			.subscribe(new WatchedSubscriber<>((CoreSubscriber<? super T>) subscriber, watcher)));
	}

	/** Sees signals; must not throw. */
	interface Watcher<T> {

		/**
		 * Sees an element.
		 * @return whether it may be the last one, and waits for the next signal
		 */
		boolean next(T element);

		/**
		 * Sees the end.
		 * @param waiting the element that waits, which is the last one, if one does
		 * @return what is passed on instead of it, or added; {@code null} for nothing
		 */
		@Nullable T completed(@Nullable T waiting);

		void failed(Throwable error);

		void cancelled();

	}

	/** What waits has been requested, so that it can be passed on at any time. */
	private static final class WatchedSubscriber<T> implements CoreSubscriber<T>, Subscription {

		@SuppressWarnings("rawtypes")
		private static final AtomicLongFieldUpdater<WatchedSubscriber> REQUESTED = AtomicLongFieldUpdater
			.newUpdater(WatchedSubscriber.class, "requested");

		private final AtomicBoolean over = new AtomicBoolean();

		private final CoreSubscriber<? super T> actual;

		private final Watcher<T> watcher;

		private @Nullable Subscription subscription;

		private @Nullable T waiting;

		private volatile long requested;

		private volatile @Nullable T last;

		private WatchedSubscriber(CoreSubscriber<? super T> actual, Watcher<T> watcher) {
			this.actual = actual;
			this.watcher = watcher;
		}

		@Override
		public Context currentContext() {
			return this.actual.currentContext();
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.subscription = subscription;
			this.actual.onSubscribe(this);
		}

		@Override
		public void onNext(T element) {
			boolean waits = this.watcher.next(element);
			T before = this.waiting;
			if (before != null) {
				this.waiting = element;
				pass(before);
			}
			else if (waits) {
				this.waiting = element;
				requestMore(1);
			}
			else {
				pass(element);
			}
		}

		private void pass(T element) {
			Operators.produced(REQUESTED, this, 1);
			this.actual.onNext(element);
		}

		@Override
		public void onError(Throwable error) {
			this.watcher.failed(error);
			if (this.waiting != null) {
				pass(this.waiting);
			}
			this.actual.onError(error);
		}

		@Override
		public void onComplete() {
			T end = this.watcher.completed(this.waiting);
			if (end == null) {
				this.actual.onComplete();
				return;
			}
			this.last = end;
			if (this.requested > 0) {
				finish(end);
			}
		}

		private void finish(T end) {
			if (this.over.compareAndSet(false, true)) {
				this.actual.onNext(end);
				this.actual.onComplete();
			}
		}

		@Override
		public void request(long n) {
			Operators.addCap(REQUESTED, this, n);
			T end = this.last;
			if (end != null) {
				finish(end);
			}
			else {
				requestMore(n);
			}
		}

		private void requestMore(long n) {
			if (this.subscription != null) {
				this.subscription.request(n);
			}
		}

		@Override
		public void cancel() {
			this.over.set(true);
			this.watcher.cancelled();
			if (this.subscription != null) {
				this.subscription.cancel();
			}
		}

	}

}
