package io.github.costwise.actuate;

import java.security.Principal;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

import io.github.costwise.actuate.CostBudgetsReport.BudgetReport;
import io.github.costwise.budget.Budget;
import io.github.costwise.budget.BudgetOrder;

/**
 * Gives {@link CostBudgetsEndpoint} its HTTP statuses: 404 for a budget or an account
 * that is not known, 400 for what cannot be done, each with what would have been right.
 * Thread-safe.
 *
 * @since 0.1.0
 */
@EndpointWebExtension(endpoint = CostBudgetsEndpoint.class)
public class CostBudgetsEndpointWebExtension {

	private final CostBudgetsEndpoint endpoint;

	/**
	 * Creates an extension.
	 * @param endpoint the endpoint to extend
	 */
	public CostBudgetsEndpointWebExtension(CostBudgetsEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	/**
	 * Returns all budgets, as {@link CostBudgetsEndpoint#report} does.
	 * @param limit how many accounts of each at the most, or {@code null}
	 * @return the response
	 */
	@ReadOperation
	public WebEndpointResponse<Object> report(@Nullable String limit) {
		return Problem.guard(() -> this.endpoint.report(limit));
	}

	/**
	 * Returns one budget, as {@link CostBudgetsEndpoint#budget} does.
	 * @param id its id
	 * @param owner the only account to show, or {@code null}
	 * @param limit how many accounts at the most, or {@code null}
	 * @return the response
	 */
	@ReadOperation
	public WebEndpointResponse<Object> budget(@Selector String id, @Nullable String owner, @Nullable String limit) {
		Budget budget = this.endpoint.find(id);
		if (budget == null) {
			return notFound(id);
		}
		if (owner == null) {
			return Problem.guard(() -> this.endpoint.report(budget, limit));
		}
		BudgetReport report = this.endpoint.budget(id, owner, limit);
		return (report != null) ? new WebEndpointResponse<>(report)
				: Problem.notFound("The budget '" + id + "' has no account of '" + owner + "' in this window.",
						this.endpoint.owners(budget));
	}

	/**
	 * Changes a budget, as {@link CostBudgetsEndpoint#act} does, and records who asked.
	 * @param security tells who asks
	 * @param id its id
	 * @param action what to do
	 * @param owner the account, or {@code null}
	 * @param amount by how much, with its unit, or {@code null}
	 * @param why the reason
	 * @return the response
	 */
	@WriteOperation
	public WebEndpointResponse<Object> act(SecurityContext security, @Selector String id, @Nullable String action,
			@Nullable String owner, @Nullable String amount, @Nullable String why) {
		Budget budget = this.endpoint.find(id);
		if (budget == null) {
			return notFound(id);
		}
		Principal principal = security.getPrincipal();
		String who = (principal != null) ? principal.getName() : null;
		return Problem.guard(() -> this.endpoint
			.act(new BudgetOrder(budget, CostBudgetsEndpoint.verb(action), owner, amount, why, who)));
	}

	private WebEndpointResponse<Object> notFound(String id) {
		return Problem.notFound(CostBudgetsEndpoint.unknown(id), this.endpoint.ids());
	}

}
