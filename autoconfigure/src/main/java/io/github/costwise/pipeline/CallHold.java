package io.github.costwise.pipeline;

import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Money;
import io.github.costwise.budget.BudgetTicket;
import io.github.costwise.budget.CallBound;
import io.github.costwise.budget.UsedUp;

/**
 * What one call holds of the limit of its turn and of its budgets. It ends once: settled,
 * or released where the call was not sent. Thread-safe.
 */
final class CallHold implements Holding {

	private final CallBound bound;

	private final int outputCap;

	private final TurnTotals totals;

	private final Money ofTurn;

	private final boolean finishing;

	private final @Nullable BudgetTicket ticket;

	private final AtomicBoolean ended = new AtomicBoolean();

	CallHold(CallBound bound, int outputCap, TurnTotals totals, TurnShare ofTurn, @Nullable BudgetTicket ticket) {
		this.bound = bound;
		this.outputCap = outputCap;
		this.totals = totals;
		this.ofTurn = ofTurn.held();
		this.finishing = ofTurn.finishing();
		this.ticket = ticket;
	}

	@Nullable BudgetTicket ticket() {
		return this.ticket;
	}

	CallBound bound() {
		return this.bound;
	}

	/** Whether it is the last call that the limit of its turn allows. */
	boolean isFinishing() {
		return this.finishing;
	}

	/** Whether the limit of the turn counts it already while it is in flight. */
	boolean isOfTurn() {
		return this.ofTurn.nanos() > 0;
	}

	/** The output tokens to ask for, or {@code null} for as many as without limits. */
	@Nullable Integer outputCap() {
		return (this.outputCap < this.bound.output().most()) ? Integer.valueOf(this.outputCap) : null;
	}

	/** Whether it is known how large the call is. */
	boolean isSized() {
		return this.bound.countedInput() > 0;
	}

	/** As many output tokens as such calls needed lately, within what is held. */
	long usualOutput() {
		return (long) this.bound.choices() * Math.min(this.outputCap, this.bound.output().least());
	}

	void settle(UsedUp used) {
		end(() -> {
			if (this.ticket != null) {
				this.ticket.settle(used);
			}
		});
	}

	/** Books all that is held, since nobody knows what the call used. */
	void lost() {
		end(() -> {
			if (this.ticket != null) {
				this.ticket.lost();
			}
		});
	}

	void release() {
		end(() -> {
			giveBack(this.totals, this.bound, Money.ZERO);
			if (this.ticket != null) {
				this.ticket.release();
			}
		});
	}

	/** What a call that is not sent held of its turn. */
	static void giveBack(TurnTotals totals, CallBound bound, Money ofTurn) {
		totals.release(ofTurn);
		if (bound.firstOfTurn()) {
			totals.beginsAgain();
		}
	}

	private void end(Runnable how) {
		if (this.ended.compareAndSet(false, true)) {
			this.totals.release(this.ofTurn);
			how.run();
		}
	}

	/**
	 * What a call holds of the limit of its turn.
	 *
	 * @param outputCap the output tokens that are held
	 * @param held the amount, zero without a limit
	 * @param finishing whether it is the last call that the limit allows
	 */
	record TurnShare(int outputCap, Money held, boolean finishing) {

	}

}
