package io.github.costwise.budget;

import java.util.List;
import java.util.Map;

import io.github.costwise.bounded.RecentMap;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetState;
import io.github.costwise.spi.BudgetStore.Settled;
import io.github.costwise.spi.SharedBudgetStore;

/**
 * The accounts as they were when calls of this instance were booked last, so that nobody
 * asks a shared store before each call. Remembers the latest 10,000. Thread-safe.
 */
final class LatestStates {

	private static final int REMEMBERED = 10_000;

	private final Map<BudgetAccount, BudgetState> states = RecentMap.shared(REMEMBERED);

	private final BudgetParts parts;

	private final boolean needed;

	LatestStates(BudgetParts parts) {
		this.parts = parts;
		this.needed = parts.store() instanceof SharedBudgetStore;
	}

	void took(List<Settled> settled) {
		if (this.needed) {
			settled.forEach((one) -> this.states.put(one.state().account(), one.state()));
		}
	}

	/**
	 * How much of a limit is spent, in percents; of what no call was booked in this
	 * window the store knows, unless it does not answer.
	 */
	int percent(Budget budget, BudgetSubject subject) {
		BudgetState known = this.needed ? this.states.get(budget.account(subject)) : null;
		boolean present = known != null && known.span().equals(budget.span(this.parts.time().now()));
		return (known != null && present) ? known.percent() : asked(budget, subject);
	}

	private int asked(Budget budget, BudgetSubject subject) {
		try {
			BudgetState state = this.parts.state(budget, subject);
			if (this.needed) {
				this.states.put(state.account(), state);
			}
			return state.percent();
		}
		catch (RuntimeException ex) {
			this.parts.faults().report(Faults.Kind.BUDGET, ex);
			return 0;
		}
	}

}
