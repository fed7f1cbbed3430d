package io.github.costwise.budget;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.BudgetState;

/**
 * What somebody asks to be done with a budget. Immutable.
 *
 * @param budget the budget
 * @param verb what to do
 * @param owner the account, or {@code null} for none
 * @param amount an amount with its unit, or {@code null} for none
 * @param why the reason, as it is logged
 * @param who who asks, or {@code null} when that is not known
 * @since 0.1.0
 */
public record BudgetOrder(Budget budget, BudgetVerb verb, @Nullable String owner, @Nullable String amount,
		@Nullable String why, @Nullable String who) {

	/** What can be done with a budget. */
	public enum BudgetVerb {

		/** Raises the limit of an account until its window ends. */
		RAISE(true, true),

		/** Forgets what an account has spent in this window. */
		RESET(true, false),

		/** Adds to what an account has spent, or takes off it. */
		ADJUST(true, true),

		/** Lets the budget count nothing and refuse nothing. */
		SUSPEND(false, false),

		/** Lets the budget do what is configured. */
		RESUME(false, false),

		/** Refuses all that the budget counts. */
		BLOCK(false, false);

		private final boolean ofAccount;

		private final boolean withAmount;

		BudgetVerb(boolean ofAccount, boolean withAmount) {
			this.ofAccount = ofAccount;
			this.withAmount = withAmount;
		}

		boolean isOfAccount() {
			return this.ofAccount;
		}

		boolean needsAmount() {
			return this.withAmount;
		}

	}

	/**
	 * What was done.
	 *
	 * @param done a sentence
	 * @param state the account afterwards, or {@code null} when it concerns the whole
	 * budget
	 */
	public record BudgetChange(String done, @Nullable BudgetState state) {

	}

}
