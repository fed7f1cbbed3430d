package io.github.costwise.advisor;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

/**
 * Lets a watcher see every signal of a flux before it is passed on, at the price of one
 * method call a signal. Reactor's own {@code tap} would restore the propagated context
 * around each, and tells of an element only after a conditional subscriber has taken it.
 */
final class WatchedFlux {

	private WatchedFlux() {
	}

	static <T> Flux<T> of(Publisher<T> source, Watcher<T> watcher) {
		return Flux.from((Publisher<T>) (subscriber) -> watcher.subscribing(
				() -> source.subscribe(new WatchedSubscriber<>((CoreSubscriber<? super T>) subscriber, watcher))));
	}

	/** Sees signals; must not throw. */
	interface Watcher<T> {

		default void subscribing(Runnable subscription) {
			subscription.run();
		}

		default void next(T element) {
		}

		void completed();

		void failed(Throwable error);

		void cancelled();

	}

	private static final class WatchedSubscriber<T> implements CoreSubscriber<T>, Subscription {

		private final CoreSubscriber<? super T> actual;

		private final Watcher<T> watcher;

		private @Nullable Subscription subscription;

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
			this.watcher.next(element);
			this.actual.onNext(element);
		}

		@Override
		public void onError(Throwable error) {
			this.watcher.failed(error);
			this.actual.onError(error);
		}

		@Override
		public void onComplete() {
			this.watcher.completed();
			this.actual.onComplete();
		}

		@Override
		public void request(long n) {
			if (this.subscription != null) {
				this.subscription.request(n);
			}
		}

		@Override
		public void cancel() {
			this.watcher.cancelled();
			if (this.subscription != null) {
				this.subscription.cancel();
			}
		}

	}

}
