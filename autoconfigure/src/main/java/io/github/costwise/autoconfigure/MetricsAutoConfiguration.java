package io.github.costwise.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

import io.github.costwise.budget.BudgetAccounts;
import io.github.costwise.budget.Budgets;
import io.github.costwise.cache.response.ResponseCache;
import io.github.costwise.fallback.FallbackRate;
import io.github.costwise.fallback.TargetHealth;
import io.github.costwise.faults.Faults;
import io.github.costwise.observability.BudgetMeters;
import io.github.costwise.observability.CacheMeters;
import io.github.costwise.observability.MetricsCostListener;
import io.github.costwise.observability.RouteMeters;
import io.github.costwise.observability.SeriesBudget;
import io.github.costwise.observability.StateMeters;
import io.github.costwise.pipeline.CostPolicies;
import io.github.costwise.pipeline.TurnRouter;
import io.github.costwise.spi.PriceCatalog;
import io.github.costwise.spi.UsageLedger;
import io.github.costwise.time.Time;

/**
 * Auto-configuration of the {@code costwise.*} meters.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = {
		"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
		"io.github.costwise.autoconfigure.CostwiseAutoConfiguration",
		"io.github.costwise.autoconfigure.LedgerAutoConfiguration",
		"io.github.costwise.autoconfigure.RoutingAutoConfiguration",
		"io.github.costwise.autoconfigure.FallbackAutoConfiguration",
		"io.github.costwise.autoconfigure.GateAutoConfiguration" })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ MeterRegistry.class, UsageLedger.class })
@ConditionalOnBooleanProperty(name = "costwise.metrics.enabled", matchIfMissing = true)
@EnableConfigurationProperties(MetricsProperties.class)
public final class MetricsAutoConfiguration {

	@Bean
	@Lazy(false)
	@ConditionalOnMissingBean
	MetricsCostListener costwiseMetricsListener(MeterRegistry registry, MetricsProperties properties,
			SeriesBudget budget, ObjectProvider<Faults> faults) {
		return new MetricsCostListener(registry, properties.toSettings(), budget, faults.getIfAvailable(Faults::new));
	}

	@Bean
	@ConditionalOnMissingBean
	SeriesBudget costwiseSeriesBudget(MetricsProperties properties) {
		return new SeriesBudget(properties.series());
	}

	@Bean
	@ConditionalOnMissingBean
	StateMeters costwiseStateMeters(UsageLedger ledger, ObjectProvider<PriceCatalog> catalog,
			ObjectProvider<Faults> faults, Time time) {
		PriceCatalog prices = catalog.getIfAvailable();
		return new StateMeters(faults.getIfAvailable(Faults::new), ledger::health,
				() -> (prices != null) ? prices.info() : null, time.clock());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(ResponseCache.class)
	CacheMeters costwiseCacheMeters(ResponseCache cache, CostPolicies policies, SeriesBudget budget) {
		return new CacheMeters(cache.statistics(), policies.names(), budget);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(Budgets.class)
	BudgetMeters costwiseBudgetMeters(Budgets budgets, SeriesBudget series, Time time) {
		return new BudgetMeters(budgets, new BudgetAccounts(budgets, time), series);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(TurnRouter.class)
	RouteMeters costwiseRouteMeters(TurnRouter router, CostPolicies policies, TargetHealth health, FallbackRate rate,
			SeriesBudget budget, Faults faults) {
		return new RouteMeters(router, policies.names().stream().map(policies::get).toList(), health, rate, budget,
				faults);
	}

}
