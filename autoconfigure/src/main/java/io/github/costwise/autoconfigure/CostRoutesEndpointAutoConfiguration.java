package io.github.costwise.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import io.github.costwise.accounting.Deployments;
import io.github.costwise.actuate.CostRoutesEndpoint;
import io.github.costwise.actuate.CostRoutesEndpointWebExtension;
import io.github.costwise.fallback.FallbackRate;
import io.github.costwise.fallback.TargetHealth;
import io.github.costwise.pipeline.Calibrator;
import io.github.costwise.pipeline.CostPolicies;
import io.github.costwise.pipeline.Gates;
import io.github.costwise.pipeline.TurnRouter;

/**
 * Auto-configuration for the {@code costroutes} endpoint, where tiers are configured.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = { "io.github.costwise.autoconfigure.CostwiseAutoConfiguration",
		"io.github.costwise.autoconfigure.RoutingAutoConfiguration" })
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(CostRoutesEndpoint.class)
@ConditionalOnBean(TurnRouter.class)
public final class CostRoutesEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	CostRoutesEndpoint costRoutesEndpoint(TurnRouter router, TargetHealth health, FallbackRate rate,
			CostPolicies policies, Deployments deployments, Gates gates, ObjectProvider<Calibrator> calibrator) {
		return new CostRoutesEndpoint(router, health, rate, policies, deployments, gates, calibrator.getIfAvailable());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(CostRoutesEndpoint.class)
	CostRoutesEndpointWebExtension costRoutesEndpointWebExtension(CostRoutesEndpoint endpoint) {
		return new CostRoutesEndpointWebExtension(endpoint);
	}

}
