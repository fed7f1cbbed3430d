package io.github.costwise.pipeline;

import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import io.github.costwise.CostScope;
import io.github.costwise.Money;
import io.github.costwise.model.CallRecord.Outcome;

/**
 * One call to one model, from its reservation to its end. It is sent, and then answered,
 * failed or cancelled; or it is abandoned by whoever waited for it, and what it may cost
 * is held against its turn until its own end comes late. Whichever end comes first
 * settles it, exactly once. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Attempt implements Reserved {

	private static final ThreadLocal<Attempt> CURRENT = new ThreadLocal<>();

	private final AtomicReference<AttemptState> state = new AtomicReference<>(AttemptState.RESERVED);

	private final AtomicReference<@Nullable Money> held = new AtomicReference<>();

	private final CallMeter meter;

	private final Books books;

	private final AtomicReference<@Nullable Outcome> abandonedAs = new AtomicReference<>();

	private volatile @Nullable Runnable stop;

	private volatile boolean stopped;

	Attempt(CallMeter meter, Books books) {
		this.meter = meter;
		this.books = books;
	}

	/**
	 * Returns the attempt that this thread is sending.
	 * @return the attempt, or {@code null} when the thread sends none through the
	 * advisors
	 */
	public static @Nullable Attempt current() {
		return CURRENT.get();
	}

	/**
	 * Returns what is seen of the call.
	 * @return its meter
	 */
	public CallMeter meter() {
		return this.meter;
	}

	/**
	 * Returns how many output tokens its limits let it ask for.
	 * @return tokens, or {@code null} where it may ask for what it would without them
	 */
	public @Nullable Integer outputCap() {
		CallHold hold = this.meter.hold();
		return (hold != null) ? hold.outputCap() : null;
	}

	/**
	 * Returns whether it is the last call that the limit of its turn allows, so that it
	 * is to answer rather than to call tools.
	 * @return whether no tool may be called
	 */
	public boolean isFinishing() {
		CallHold hold = this.meter.hold();
		return hold != null && hold.isFinishing();
	}

	/**
	 * Marks this thread as sending the call until the returned handle is closed.
	 * @return the handle to close on the same thread, or {@code null} when the call must
	 * not be sent any more
	 */
	public CostScope.@Nullable Opened sending() {
		if (!this.state.compareAndSet(AttemptState.RESERVED, AttemptState.SENT)) {
			return null;
		}
		Attempt before = CURRENT.get();
		CURRENT.set(this);
		this.meter.sends();
		return () -> {
			if (before == null) {
				CURRENT.remove();
			}
			else {
				CURRENT.set(before);
			}
		};
	}

	/**
	 * Tells how to break off the HTTP request in flight. Some clients go on waiting for a
	 * server that has gone silent, with a thread that others need.
	 * @param request breaks it off; does not wait
	 */
	public void stopsBy(Runnable request) {
		this.stop = request;
		if (this.stopped) {
			request.run();
		}
	}

	/**
	 * Records that the answer has come to its end.
	 * @return whether somebody waited for it
	 */
	boolean answered() {
		return end(AttemptState.ANSWERED, new End(Outcome.SUCCEEDED, null, null));
	}

	/**
	 * Records that the rest of the answer is of no use, and breaks it off: cancelled for
	 * the provider, answered for the caller.
	 * @return whether somebody waited for it
	 */
	boolean broughtEnough() {
		boolean first = end(AttemptState.ANSWERED, new End(Outcome.CANCELLED, Outcome.SUCCEEDED, null));
		breakOff();
		return first;
	}

	/**
	 * Records that the call failed. One that failed before it was sent is not booked.
	 * @param error what it failed with
	 * @return whether somebody waited for it
	 */
	boolean failed(Throwable error) {
		Outcome seen = Failures.isTimeout(error) ? Outcome.TIMED_OUT : Outcome.FAILED;
		return end(AttemptState.FAILED, new End(seen, null, error));
	}

	/**
	 * Records that the caller went away, and breaks the HTTP request off: clients close a
	 * stream only between two of its chunks, and whoever cancels would wait for the next
	 * one.
	 */
	public void cancelled() {
		end(AttemptState.CANCELLED, new End(Outcome.CANCELLED, null, null));
		breakOff();
	}

	private void breakOff() {
		this.stopped = true;
		Runnable request = this.stop;
		if (request != null) {
			request.run();
		}
	}

	/**
	 * Records that nobody waits for the answer any more. What the call may cost counts
	 * against the limits of its turn until its answer comes, or it fails, and settles it.
	 * @param outcome how the call ended for its caller, whatever comes later
	 * @return whether the call was still in flight; if not, it has its answer or failure
	 */
	boolean abandon(Outcome outcome) {
		this.abandonedAs.compareAndSet(null, outcome);
		AttemptState before = this.state.getAndUpdate(AttemptState::abandoned);
		if (before == AttemptState.SENT) {
			hold();
		}
		else if (before == AttemptState.RESERVED) {
			this.books.unsent(this.meter);
		}
		return before == AttemptState.SENT || before == AttemptState.RESERVED;
	}

	/** Its end may come meanwhile, and has nothing to release yet. */
	private void hold() {
		Money mayCost = this.books.mayCost(this.meter);
		this.held.set(mayCost);
		this.books.hold(this.meter, mayCost);
		if (state() != AttemptState.ABANDONED) {
			release();
		}
	}

	/**
	 * Settles a call that was abandoned and will not come to its end, since the
	 * application stops.
	 */
	public void lost() {
		if (state() == AttemptState.ABANDONED) {
			failed(new CancellationException("The application was stopped"));
		}
	}

	AttemptState state() {
		return Objects.requireNonNull(this.state.get());
	}

	private boolean end(AttemptState as, End how) {
		AttemptState before = this.state.getAndUpdate((now) -> now.next(as));
		if (before == AttemptState.SENT) {
			settle(how);
		}
		else if (before == AttemptState.ABANDONED) {
			settle(new End(how.seen(), this.abandonedAs.get(), how.error()));
		}
		else if (before == AttemptState.RESERVED) {
			this.books.unsent(this.meter);
		}
		return before == AttemptState.SENT || before == AttemptState.RESERVED;
	}

	private void settle(End end) {
		try {
			this.meter.ended(end);
			this.books.settle(this.meter, end);
		}
		finally {
			release();
		}
	}

	private void release() {
		Money amount = this.held.getAndSet(null);
		if (amount != null) {
			this.books.release(this.meter, amount);
		}
	}

	/** How far an attempt came. */
	enum AttemptState {

		/** It may be sent. */
		RESERVED,

		/** It is in flight, and somebody waits for it. */
		SENT,

		/** It is in flight, but nobody waits for it. */
		ABANDONED,

		/** It was answered. */
		ANSWERED,

		/** It failed. */
		FAILED,

		/** Its caller went away. */
		CANCELLED,

		/** It came to its end after nobody waited any more. */
		LATE;

		private AttemptState abandoned() {
			return switch (this) {
				case RESERVED -> CANCELLED;
				case SENT -> ABANDONED;
				case ABANDONED, ANSWERED, FAILED, CANCELLED, LATE -> this;
			};
		}

		private AttemptState next(AttemptState end) {
			return switch (this) {
				case RESERVED, SENT -> end;
				case ABANDONED -> LATE;
				case ANSWERED, FAILED, CANCELLED, LATE -> this;
			};
		}

	}

	/**
	 * How an attempt ended.
	 *
	 * @param seen how the call itself ended
	 * @param forCaller how it ended for its caller, if not as the call itself
	 * @param error what it failed with, if it did
	 */
	record End(Outcome seen, @Nullable Outcome forCaller, @Nullable Throwable error) {

		boolean isLate() {
			return this.forCaller != null;
		}

	}

	/** Where attempts are booked. Thread-safe. */
	interface Books {

		/** What a call in flight will cost at least. */
		Money mayCost(CallMeter meter);

		void hold(CallMeter meter, Money amount);

		void release(CallMeter meter, Money amount);

		void settle(CallMeter meter, End end);

		/** Records that a call that was reserved will not be sent. */
		void unsent(CallMeter meter);

	}

}
