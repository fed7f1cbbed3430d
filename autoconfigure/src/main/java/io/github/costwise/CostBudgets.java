package io.github.costwise;

import java.time.Duration;
import java.util.List;

import io.github.costwise.model.BudgetState;

/**
 * Budgets as an application asks about them, and holds money of them for what it does
 * past its ChatClients, such as images, speech or batches. There is a bean of this type
 * where budgets are configured. Thread-safe.
 *
 * @since 0.1.0
 */
public interface CostBudgets {

	/**
	 * Returns what is left of the budgets of an owner.
	 * @param owner whom calls would belong to
	 * @return the account of each budget that would count such a call, whatever its
	 * model, in the order of the configuration
	 */
	List<BudgetState> of(Attribution owner);

	/**
	 * Returns whether a cost would be admitted at this moment. Nothing is held.
	 * @param owner whom it would belong to
	 * @param cost the cost
	 * @return whether all budgets of money have room for it
	 */
	boolean admits(Attribution owner, Money cost);

	/**
	 * Holds money for work that is paid for elsewhere. The hold lasts until it is closed,
	 * or as long as it is said to where that is forgotten.
	 * @param owner whom it belongs to
	 * @param most the most that the work may cost
	 * @param longest how long the work may take
	 * @return what is held
	 * @throws BudgetExceededException if a budget has no room
	 */
	Held hold(Attribution owner, Money most, Duration longest);

	/** Money that is held. Closing it gives back what was not spent. Thread-safe. */
	interface Held extends AutoCloseable {

		/**
		 * Books what the work cost, and ends the hold; only the first time counts.
		 * @param cost the cost
		 */
		void spent(Money cost);

		/** Ends the hold, and books nothing unless something was spent. */
		@Override
		void close();

	}

}
