package io.github.costwise.autoconfigure;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import io.github.costwise.actuate.CostEventsEndpoint;
import io.github.costwise.actuate.CostEventsEndpointWebExtension;
import io.github.costwise.spi.UsageLedger;

/**
 * Auto-configuration for the {@code costevents} endpoint.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = { "io.github.costwise.autoconfigure.CostwiseAutoConfiguration",
		"io.github.costwise.autoconfigure.LedgerAutoConfiguration" })
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(CostEventsEndpoint.class)
@ConditionalOnBean(UsageLedger.class)
public final class CostEventsEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	CostEventsEndpoint costEventsEndpoint(UsageLedger ledger) {
		return new CostEventsEndpoint(ledger);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(CostEventsEndpoint.class)
	CostEventsEndpointWebExtension costEventsEndpointWebExtension(CostEventsEndpoint endpoint) {
		return new CostEventsEndpointWebExtension(endpoint);
	}

}
