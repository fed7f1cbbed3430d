package io.github.costwise.budget;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What one call holds of its budgets. It ends once: settled, or released where the call
 * was not sent. Thread-safe.
 *
 * @since 0.1.0
 */
public final class BudgetTicket {

	private final Budgets budgets;

	private final String id;

	private final Instant at;

	private final BudgetSubject subject;

	private final CallBound bound;

	private final List<Budget> counted;

	private final int outputCap;

	private final AtomicBoolean ended = new AtomicBoolean();

	BudgetTicket(Budgets budgets, String id, Instant at, BudgetSubject subject, CallBound bound, List<Budget> counted,
			int outputCap) {
		this.budgets = budgets;
		this.id = id;
		this.at = at;
		this.subject = subject;
		this.bound = bound;
		this.counted = List.copyOf(counted);
		this.outputCap = outputCap;
	}

	/**
	 * Returns how many output tokens are held.
	 * @return tokens, at least 1
	 */
	public int outputCap() {
		return this.outputCap;
	}

	/**
	 * Returns whether the call may give fewer output tokens than it would without its
	 * budgets, so that the cap must be sent.
	 * @return whether it may
	 */
	public boolean isCapped() {
		return this.outputCap < this.bound.output().most();
	}

	/**
	 * Returns the input tokens that were counted for the call.
	 * @return tokens, as counted
	 */
	public long countedInput() {
		return this.bound.countedInput();
	}

	/**
	 * Books what the call used; only the first end counts.
	 * @param used what it used
	 */
	public void settle(UsedUp used) {
		if (this.ended.compareAndSet(false, true)) {
			this.budgets.settle(this, used);
		}
	}

	/** Books all that is held, since nobody knows what the call used. */
	public void lost() {
		settle(this.bound.whole(this.outputCap));
	}

	/** Gives back what is held, since the call was not sent. */
	public void release() {
		if (this.ended.compareAndSet(false, true)) {
			this.budgets.release(this);
		}
	}

	/**
	 * Returns the budgets that count the call.
	 * @return the budgets, overflow budgets in the place of those that had no room
	 */
	public List<Budget> counted() {
		return this.counted;
	}

	String id() {
		return this.id;
	}

	Instant at() {
		return this.at;
	}

	BudgetSubject subject() {
		return this.subject;
	}

	CallBound bound() {
		return this.bound;
	}

}
