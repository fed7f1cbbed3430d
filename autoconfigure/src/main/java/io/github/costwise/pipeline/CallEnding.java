package io.github.costwise.pipeline;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import io.github.costwise.accounting.CallRecord.Outcome;
import io.github.costwise.pricing.Money;

/**
 * How one call comes to its end: by itself, or given up by whoever waited for it while
 * what it may cost is held against its turn. Thread-safe.
 */
final class CallEnding {

	private final AtomicReference<State> state = new AtomicReference<>(State.WAITED_FOR);

	private final AtomicReference<@Nullable Money> held = new AtomicReference<>();

	private final TurnTotals totals;

	private volatile Outcome abandonedAs = Outcome.TIMED_OUT;

	private volatile boolean overdue;

	private boolean late;

	CallEnding(TurnTotals totals) {
		this.totals = totals;
	}

	/** Gives the call up; returns whether it was still under way. */
	boolean abandon(Outcome outcome, Money mayCost) {
		this.abandonedAs = outcome;
		this.held.set(mayCost);
		this.totals.hold(mayCost);
		boolean underWay = this.state.compareAndSet(State.WAITED_FOR, State.ABANDONED);
		if (!underWay) {
			release();
		}
		return underWay;
	}

	boolean isAbandoned() {
		return this.state.get() == State.ABANDONED;
	}

	void overdue() {
		this.overdue = true;
	}

	boolean isOverdue() {
		return this.overdue;
	}

	/** Ends the call; returns whether it had not ended before. */
	boolean settle(Outcome outcome) {
		State before = this.state.getAndSet(State.SETTLED);
		if (before == State.SETTLED) {
			return false;
		}
		this.late = before == State.ABANDONED || (this.overdue && outcome == Outcome.CANCELLED);
		return true;
	}

	void release() {
		Money amount = this.held.getAndSet(null);
		if (amount != null) {
			this.totals.release(amount);
		}
	}

	/** Whether it ended after its time, or after nobody waited any more. */
	boolean isLate() {
		return this.late;
	}

	/** How the call ended for its caller, when it ended so by itself. */
	Outcome outcome(Outcome ended) {
		return this.late ? this.abandonedAs : ended;
	}

	private enum State {

		/** It is under way, and somebody waits for it. */
		WAITED_FOR,

		/** It is under way, but nobody waits for it. */
		ABANDONED,

		/** It is in the ledger. */
		SETTLED

	}

}
