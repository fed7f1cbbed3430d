package io.github.costwise.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;

import io.github.costwise.budget.Budgets;

/**
 * Auto-configuration of problem details for budgets that have no room, in web
 * applications.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = BudgetAutoConfiguration.class)
@ConditionalOnClass({ ExceptionHandler.class, ProblemDetail.class })
@ConditionalOnWebApplication
@ConditionalOnBean(Budgets.class)
@ConditionalOnBooleanProperty(name = BudgetProblemProperties.PREFIX + ".enabled", matchIfMissing = true)
@EnableConfigurationProperties(BudgetProblemProperties.class)
public final class BudgetProblemAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	BudgetProblemHandler costwiseBudgetProblemHandler(BudgetProblemProperties properties) {
		return new BudgetProblemHandler(properties.amounts());
	}

}
