package io.github.costwise;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

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
	 * @param attribution the owner
	 * @return the account of each budget that would count a call of that owner, whatever
	 * its model, in the order of the configuration
	 */
	List<Account> of(Attribution attribution);

	/**
	 * Returns whether a cost would be admitted at this moment. Nothing is held.
	 * @param attribution the owner
	 * @param cost the cost
	 * @return whether all budgets of money have room for it
	 */
	boolean admits(Attribution attribution, Money cost);

	/**
	 * Holds money for work that is paid for elsewhere, or for several calls together:
	 * those of a {@link CostScope} that draws on it need no further room in the budgets
	 * that it is held in, and get no more there than it holds. The hold lasts until it is
	 * closed, or as long as it is said to where that is forgotten.
	 * @param attribution the owner
	 * @param most the most that the work may cost
	 * @param longest how long the work may take
	 * @return what is held
	 * @throws BudgetExceededException if a budget has no room
	 */
	Held hold(Attribution attribution, Money most, Duration longest);

	/** Money that is held. Closing it gives back what was not spent. Thread-safe. */
	interface Held extends AutoCloseable {

		/**
		 * Returns the id by which calls draw on it.
		 * @return the id, empty where no budget counts the work
		 */
		String id();

		/**
		 * Books what the work cost besides the calls that drew on it, and ends the hold;
		 * only the first time counts.
		 * @param cost the cost
		 */
		void spent(Money cost);

		/** Ends the hold, and books nothing unless something was spent. */
		@Override
		void close();

	}

	/**
	 * A budget of an owner at one moment. Immutable.
	 *
	 * @param budget id of the budget
	 * @param owner the values of its key, empty for a budget of all
	 * @param unit what it counts, as in settings; amounts of {@code USD} are US dollars
	 * @param limit how much is allowed
	 * @param spent what was booked
	 * @param held what calls in flight may still use
	 * @param reset when it begins again, or {@code null} for never
	 */
	record Account(String budget, String owner, String unit, BigDecimal limit, BigDecimal spent, BigDecimal held,
			@Nullable Instant reset) {

		/**
		 * Returns what is left.
		 * @return the rest, below zero after an overrun
		 */
		public BigDecimal free() {
			return this.limit.subtract(this.spent).subtract(this.held);
		}

	}

}
