package io.github.costwise.autoconfigure;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import io.github.costwise.actuate.CostCacheEndpoint;
import io.github.costwise.actuate.CostCacheEndpointWebExtension;
import io.github.costwise.cache.response.ResponseCache;
import io.github.costwise.pipeline.CostPolicies;
import io.github.costwise.spi.ResponseCacheStore;

/**
 * Auto-configuration for the {@code costcache} endpoint.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = "io.github.costwise.autoconfigure.CostwiseAutoConfiguration")
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(CostCacheEndpoint.class)
@ConditionalOnBean(ResponseCache.class)
public final class CostCacheEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	CostCacheEndpoint costCacheEndpoint(ResponseCache cache, ResponseCacheStore store, CostPolicies policies) {
		return new CostCacheEndpoint(cache, store, policies);
	}

	@Bean
	@ConditionalOnMissingBean
	CostCacheEndpointWebExtension costCacheEndpointWebExtension(CostCacheEndpoint endpoint) {
		return new CostCacheEndpointWebExtension(endpoint);
	}

}
