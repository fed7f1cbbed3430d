package io.github.costwise.autoconfigure;

/** Matches where the application configures budgets. */
final class OnBudgetsCondition extends OnGroupCondition {

	static final String LIMITS = BudgetProperties.PREFIX + ".limits";

	OnBudgetsCondition() {
		super("Budgets", LIMITS);
	}

}
