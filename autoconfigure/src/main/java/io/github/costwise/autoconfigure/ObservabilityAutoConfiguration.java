package io.github.costwise.autoconfigure;

import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.util.function.SingletonSupplier;

import io.github.costwise.accounting.usage.Providers;
import io.github.costwise.accounting.usage.UsageNormalizers;
import io.github.costwise.faults.Faults;
import io.github.costwise.observability.ModelCallObservationHandler;
import io.github.costwise.pipeline.CostAccountant;
import io.github.costwise.pipeline.UnmanagedCalls;
import io.github.costwise.pricing.CostCalculator;
import io.github.costwise.time.Time;

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
			CostCalculator calculator, Time time) {
		return new UnmanagedCalls(accountant, normalizers, calculator, time.clock());
	}

	@Bean
	@ConditionalOnMissingBean(name = "costwiseModelCallObservationHandler")
	ModelCallObservationHandler costwiseModelCallObservationHandler(ObjectProvider<UnmanagedCalls> calls,
			ObjectProvider<Providers> providers, ObjectProvider<Time> time, Faults faults) {
		return new ModelCallObservationHandler(SingletonSupplier.of(calls::getObject),
				SingletonSupplier.of(providers::getObject), SingletonSupplier.of(() -> time.getObject().ticker()),
				faults);
	}

}
