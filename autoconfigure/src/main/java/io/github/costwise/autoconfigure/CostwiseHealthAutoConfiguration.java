package io.github.costwise.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

import io.github.costwise.actuate.CostwiseHealthIndicator;
import io.github.costwise.background.Background;
import io.github.costwise.budget.BudgetAccounts;
import io.github.costwise.budget.Budgets;
import io.github.costwise.cache.response.ResponseCache;
import io.github.costwise.faults.Faults;
import io.github.costwise.spi.PriceCatalog;
import io.github.costwise.spi.UsageLedger;
import io.github.costwise.time.Time;

/**
 * Auto-configuration of the health details of Costwise.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = { "io.github.costwise.autoconfigure.CostwiseAutoConfiguration",
		"io.github.costwise.autoconfigure.LedgerAutoConfiguration" })
@ConditionalOnClass({ ConditionalOnEnabledHealthIndicator.class, HealthIndicator.class })
@ConditionalOnEnabledHealthIndicator("costwise")
@ConditionalOnBean(UsageLedger.class)
public final class CostwiseHealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "costwiseHealthIndicator")
	CostwiseHealthIndicator costwiseHealthIndicator(UsageLedger ledger, ObjectProvider<PriceCatalog> catalog,
			ObjectProvider<Faults> faults, ObjectProvider<ResponseCache> caches, ObjectProvider<Background> background,
			ObjectProvider<Budgets> budgets, Time time, Environment environment) {
		@Nullable ResponseCache cache = caches.getIfAvailable();
		@Nullable Budgets limits = budgets.getIfAvailable();
		return new CostwiseHealthIndicator(StatusFactory.create(ledger, catalog, faults, time, environment),
				(cache != null) ? cache::storeState : null,
				() -> background.stream().flatMap((owner) -> owner.states().stream()).toList(),
				(limits != null) ? new BudgetAccounts(limits, time)::overspent : null);
	}

}
