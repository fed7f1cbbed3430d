package io.github.costwise.autoconfigure;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import io.github.costwise.actuate.CostBudgetsEndpoint;
import io.github.costwise.actuate.CostBudgetsEndpointWebExtension;
import io.github.costwise.budget.BudgetChanges;
import io.github.costwise.budget.Budgets;
import io.github.costwise.time.Time;

/**
 * Auto-configuration for the {@code costbudgets} endpoint, where budgets are configured.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = "io.github.costwise.autoconfigure.BudgetAutoConfiguration")
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(CostBudgetsEndpoint.class)
@ConditionalOnBean(Budgets.class)
public final class CostBudgetsEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	CostBudgetsEndpoint costBudgetsEndpoint(Budgets budgets, BudgetChanges changes, Time time) {
		return new CostBudgetsEndpoint(budgets, changes, time);
	}

	@Bean
	@ConditionalOnMissingBean
	CostBudgetsEndpointWebExtension costBudgetsEndpointWebExtension(CostBudgetsEndpoint endpoint) {
		return new CostBudgetsEndpointWebExtension(endpoint);
	}

}
