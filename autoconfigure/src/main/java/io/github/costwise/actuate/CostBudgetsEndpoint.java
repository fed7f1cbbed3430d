package io.github.costwise.actuate;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

import io.github.costwise.actuate.CostBudgetsReport.BudgetActionReport;
import io.github.costwise.actuate.CostBudgetsReport.BudgetReport;
import io.github.costwise.budget.Budget;
import io.github.costwise.budget.BudgetAccounts;
import io.github.costwise.budget.BudgetActions;
import io.github.costwise.budget.BudgetChanges;
import io.github.costwise.budget.BudgetOrder;
import io.github.costwise.budget.BudgetOrder.BudgetChange;
import io.github.costwise.budget.BudgetOrder.BudgetVerb;
import io.github.costwise.budget.Budgets;
import io.github.costwise.model.BudgetState;
import io.github.costwise.time.Time;

/**
 * What budgets have spent and hold; raises, resets, adjusts, suspends and blocks them.
 * Changing them is off unless access to the endpoint is unrestricted. Thread-safe.
 *
 * @since 0.1.0
 */
@Endpoint(id = "costbudgets", defaultAccess = Access.READ_ONLY)
public class CostBudgetsEndpoint {

	private static final int ACCOUNTS = 20;

	private static final int MOST_ACCOUNTS = 1_000;

	private final CostBudgetsReports reports;

	private final BudgetActions actions;

	/**
	 * Creates an endpoint.
	 * @param budgets the budgets
	 * @param changes remembers what is done with them
	 * @param time tells the time
	 */
	public CostBudgetsEndpoint(Budgets budgets, BudgetChanges changes, Time time) {
		this.reports = new CostBudgetsReports(budgets, new BudgetAccounts(budgets, time));
		this.actions = new BudgetActions(budgets, changes, time);
	}

	/**
	 * Returns all budgets.
	 * @param limit how many accounts of each at the most, from 1 to 1,000; 20 by default
	 * @return the report
	 */
	@ReadOperation
	public CostBudgetsReport report(@Nullable String limit) {
		return this.reports.report(Limits.parse(limit, ACCOUNTS, MOST_ACCOUNTS));
	}

	/**
	 * Returns one budget.
	 * @param id its id
	 * @param owner the only account to show, or {@code null} for those of which most is
	 * spent
	 * @param limit how many accounts at the most, from 1 to 1,000; 20 by default
	 * @return the budget, or {@code null} when there is none of that id, or none of that
	 * account
	 */
	@ReadOperation
	public @Nullable BudgetReport budget(@Selector String id, @Nullable String owner, @Nullable String limit) {
		Budget budget = this.reports.find(id);
		if (budget == null) {
			return null;
		}
		return (owner != null) ? this.reports.report(budget, owner) : report(budget, limit);
	}

	BudgetReport report(Budget budget, @Nullable String limit) {
		return this.reports.report(budget, Limits.parse(limit, ACCOUNTS, MOST_ACCOUNTS));
	}

	/**
	 * Changes a budget.
	 * @param id its id
	 * @param action {@code raise}, {@code reset} or {@code adjust} for an account;
	 * {@code suspend}, {@code resume} or {@code block} for all of them
	 * @param owner the account, or {@code null}
	 * @param amount by how much, with its unit, or {@code null}
	 * @param why the reason, which is logged
	 * @return what was done
	 */
	@WriteOperation
	public BudgetActionReport act(@Selector String id, @Nullable String action, @Nullable String owner,
			@Nullable String amount, @Nullable String why) {
		Budget budget = this.reports.find(id);
		if (budget == null) {
			throw new UnknownValueException(unknown(id), ids());
		}
		return act(new BudgetOrder(budget, verb(action), owner, amount, why, null));
	}

	BudgetActionReport act(BudgetOrder order) {
		try {
			BudgetChange change = this.actions.act(order);
			BudgetState state = change.state();
			return new BudgetActionReport(order.budget().id(), CostCacheReports.lower(order.verb()), change.done(),
					(state != null) ? this.reports.account(order.budget(), state) : null);
		}
		catch (IllegalArgumentException ex) {
			throw Period.invalid(String.valueOf(ex.getMessage()));
		}
	}

	@Nullable Budget find(String id) {
		return this.reports.find(id);
	}

	List<String> ids() {
		return this.reports.ids();
	}

	List<String> owners(Budget budget) {
		return this.reports.owners(budget);
	}

	static String unknown(String id) {
		return "There is no budget '" + id + "'.";
	}

	static BudgetVerb verb(@Nullable String action) {
		String name = (action != null) ? action.trim().toUpperCase(Locale.ROOT) : "";
		for (BudgetVerb verb : BudgetVerb.values()) {
			if (verb.name().equals(name)) {
				return verb;
			}
		}
		List<String> known = Arrays.stream(BudgetVerb.values()).map(CostCacheReports::lower).toList();
		throw new UnknownValueException("'action' must be one of " + String.join(", ", known)
				+ ((action != null) ? ", but is '" + action + "'" : ""), known);
	}

}
