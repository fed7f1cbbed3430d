package io.github.costwise.model;

/**
 * An account at one moment. Immutable.
 *
 * @param account the account
 * @param span the time over which it is summed
 * @param limit the limit that held last, with what it was raised by and carried over
 * @param spent what was booked
 * @param held what calls in flight may still cost
 * @param holds how many calls in flight hold a part of it
 * @since 0.1.0
 */
public record BudgetState(BudgetAccount account, BudgetSpan span, long limit, long spent, long held, int holds) {

	/**
	 * Returns what is left.
	 * @return the rest, below zero after an overrun
	 */
	public long free() {
		return this.limit - this.spent - this.held;
	}

	/**
	 * Returns how much of the limit is spent, whatever is held.
	 * @return whole percents, rounded down; 100 where the limit is zero
	 */
	public int percent() {
		return (this.limit <= 0) ? 100 : (int) Math.min(Integer.MAX_VALUE, Math.floor(100d * this.spent / this.limit));
	}

}
