package io.github.costwise.actuate;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.github.costwise.actuate.CostBudgetsReport.AccountReport;
import io.github.costwise.actuate.CostBudgetsReport.BudgetReport;
import io.github.costwise.budget.Budget;
import io.github.costwise.budget.BudgetAccounts;
import io.github.costwise.budget.BudgetDimension;
import io.github.costwise.budget.BudgetWindow;
import io.github.costwise.budget.Budgets;
import io.github.costwise.budget.memory.MemoryBudgetStore;
import io.github.costwise.BudgetRefusal;
import io.github.costwise.model.BudgetState;

/** Makes reports of budgets. */
final class CostBudgetsReports {

	private final Budgets budgets;

	private final BudgetAccounts accounts;

	CostBudgetsReports(Budgets budgets, BudgetAccounts accounts) {
		this.budgets = budgets;
		this.accounts = accounts;
	}

	CostBudgetsReport report(int most) {
		return new CostBudgetsReport(this.budgets.store().getClass().getSimpleName(), heldFor(),
				this.accounts.oldestHold().toMillis(),
				this.budgets.all().stream().map((budget) -> report(budget, most)).toList());
	}

	BudgetReport report(Budget budget, int most) {
		return report(budget, this.accounts.list(budget, most));
	}

	@Nullable BudgetReport report(Budget budget, String owner) {
		BudgetState state = this.accounts.find(budget, owner);
		return (state != null) ? report(budget, List.of(state)) : null;
	}

	@Nullable Budget find(String id) {
		return this.budgets.all().stream().filter((budget) -> budget.id().equals(id)).findFirst().orElse(null);
	}

	List<String> ids() {
		return this.budgets.all().stream().map(Budget::id).toList();
	}

	List<String> owners(Budget budget) {
		return this.accounts.list(budget, 20).stream().map((state) -> state.account().owner()).toList();
	}

	private BudgetReport report(Budget budget, List<BudgetState> states) {
		return new BudgetReport(budget.id(), budget.limit().unit().label(),
				CostBudgetsReport.amount(budget.limit().unit(), budget.limit().value()),
				budget.per().stream().map(BudgetDimension::name).toList(), window(budget.window()),
				budget.rules().enforced() ? "enforce" : "observe",
				CostCacheReports.lower(this.budgets.controls().of(budget.id())), budget.rules().overflow(),
				refusals(budget.id()), this.budgets.counts().wouldHaveRefused(budget.id()),
				this.budgets.counts().overruns(budget.id()), this.budgets.counts().unpriced(budget.id()), heldFor(),
				states.stream().map((state) -> account(budget, state)).toList());
	}

	AccountReport account(Budget budget, BudgetState state) {
		return AccountReport.of(budget.limit().unit(), state, this.accounts.forecast(state));
	}

	private Map<String, Long> refusals(String id) {
		Map<String, Long> refusals = new TreeMap<>();
		for (BudgetRefusal refusal : BudgetRefusal.values()) {
			long count = this.budgets.counts().refusals(id, refusal);
			if (count > 0) {
				refusals.put(CostCacheReports.lower(refusal), count);
			}
		}
		return refusals;
	}

	private String heldFor() {
		return (this.budgets.store() instanceof MemoryBudgetStore) ? "this instance only"
				: "all instances that share the store";
	}

	private static String window(BudgetWindow window) {
		if (window instanceof BudgetWindow.Calendar calendar) {
			return CostCacheReports.lower(calendar.period());
		}
		return (window instanceof BudgetWindow.Rolling rolling)
				? "last " + rolling.length().toString().substring(2).toLowerCase(Locale.ROOT) : "total";
	}

}
