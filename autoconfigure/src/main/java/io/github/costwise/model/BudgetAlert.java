package io.github.costwise.model;

/**
 * The spend of an account has passed a threshold, or is so fast that it will: published
 * once for each window, and a threshold again when the limit was raised or the spend was
 * reset in between. Immutable.
 *
 * @param unit what the budget counts
 * @param state the account
 * @param cause what is published
 * @param percent the threshold, what is forecast, or the pace, in percents
 * @since 0.1.0
 */
public record BudgetAlert(BudgetUnit unit, BudgetState state, AlertCause cause, int percent) implements CostEvent {

	/** What an alert is about. */
	public enum AlertCause {

		/** So many percents of the limit are spent. */
		SPENT,

		/** So many percents of the limit will be spent when the window ends. */
		FORECAST,

		/**
		 * It is spent at so many percents of the pace at which the limit is just used up
		 * when the window ends.
		 */
		BURN_RATE

	}

}
