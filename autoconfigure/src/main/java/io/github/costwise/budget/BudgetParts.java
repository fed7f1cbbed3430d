package io.github.costwise.budget;

import java.time.Instant;
import java.util.List;

import io.github.costwise.faults.Faults;
import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetState;
import io.github.costwise.spi.BudgetStore;
import io.github.costwise.time.Time;

/**
 * What budgets work with.
 *
 * @param budgets the budgets, in the order in which they are named
 * @param overflows which of them take what others have no room for
 * @param store keeps what is spent and held
 * @param settings how holds end
 * @param controls what is decided at run time
 * @param counts how often calls were refused
 * @param live the holds of calls in flight
 * @param paces how fast accounts are spent
 * @param faults counts what the store throws
 * @param time tells the time
 */
record BudgetParts(List<Budget> budgets, BudgetOverflows overflows, BudgetStore store, HoldSettings settings,
		BudgetControls controls, BudgetCounts counts, LiveHolds live, SpendPaces paces, Faults faults, Time time) {

	Budget budget(String id) {
		for (Budget budget : this.budgets) {
			if (budget.id().equals(id)) {
				return budget;
			}
		}
		throw new IllegalArgumentException("no budget is called " + id);
	}

	/** An account as it is; one of which nothing is known is new. */
	BudgetState state(Budget budget, BudgetSubject subject) {
		Instant now = this.time.now();
		BudgetState known = this.store.state(budget.account(subject), budget.span(now), now);
		return (known != null) ? known : unused(budget, subject, now);
	}

	static BudgetState unused(Budget budget, BudgetSubject subject, Instant now) {
		BudgetAccount account = budget.account(subject);
		return new BudgetState(account, budget.span(now), budget.limit(account), 0, 0, 0);
	}

}
