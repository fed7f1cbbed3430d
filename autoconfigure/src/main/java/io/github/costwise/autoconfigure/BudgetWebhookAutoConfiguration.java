package io.github.costwise.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

import io.github.costwise.background.Background;
import io.github.costwise.budget.Budgets;
import io.github.costwise.budget.webhook.BudgetWebhook;
import io.github.costwise.faults.Faults;
import io.github.costwise.time.Time;

/**
 * Auto-configuration of the webhook that receives what happens to budgets, where it has
 * an address.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = BudgetAutoConfiguration.class)
@ConditionalOnBean(Budgets.class)
@ConditionalOnSetting(BudgetWebhookProperties.PREFIX + ".url")
@EnableConfigurationProperties(BudgetWebhookProperties.class)
public final class BudgetWebhookAutoConfiguration {

	@Bean(destroyMethod = "close")
	@Lazy(false)
	@ConditionalOnMissingBean
	BudgetWebhook costwiseBudgetWebhook(BudgetWebhookProperties properties, Background background, Faults faults,
			Time time) {
		return new BudgetWebhook(properties.toSettings(),
				background.team("budget-webhook", Faults.Kind.BUDGET).worker(time.timers()), faults, time);
	}

}
