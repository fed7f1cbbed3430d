package io.github.costwise.autoconfigure;

import java.time.Clock;

import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.util.function.SingletonSupplier;

import io.github.costwise.Faults;
import io.github.costwise.accounting.usage.Providers;
import io.github.costwise.accounting.usage.UsageNormalizers;
import io.github.costwise.observability.ModelCallObservationHandler;
import io.github.costwise.pipeline.CostAccountant;
import io.github.costwise.pipeline.UnmanagedCalls;
import io.github.costwise.pricing.CostCalculator;

/**
 * Auto-configuration of what sees model calls that do not pass the advisors.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = CostwiseAutoConfiguration.class)
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(CostAccountant.class)
public final class ObservabilityAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "costwiseUnmanagedCalls")
	UnmanagedCalls costwiseUnmanagedCalls(CostAccountant accountant, UsageNormalizers normalizers,
			CostCalculator calculator) {
		return new UnmanagedCalls(accountant, normalizers, calculator, Clock.systemUTC());
	}

	@Bean
	@ConditionalOnMissingBean(name = "costwiseModelCallObservationHandler")
	ModelCallObservationHandler costwiseModelCallObservationHandler(ObjectProvider<UnmanagedCalls> calls,
			ObjectProvider<Providers> providers, Faults faults) {
		return new ModelCallObservationHandler(SingletonSupplier.of(calls::getObject),
				SingletonSupplier.of(providers::getObject), faults);
	}

}
