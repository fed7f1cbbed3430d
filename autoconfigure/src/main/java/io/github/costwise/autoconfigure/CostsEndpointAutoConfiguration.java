package io.github.costwise.autoconfigure;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import io.github.costwise.actuate.CostsEndpoint;
import io.github.costwise.actuate.CostsEndpointWebExtension;
import io.github.costwise.actuate.RequestParameters;
import io.github.costwise.spi.UsageLedger;
import io.github.costwise.time.Time;

/**
 * Auto-configuration for the {@code costs} endpoint.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = { "io.github.costwise.autoconfigure.CostwiseAutoConfiguration",
		"io.github.costwise.autoconfigure.LedgerAutoConfiguration" })
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(CostsEndpoint.class)
@ConditionalOnBean(UsageLedger.class)
public final class CostsEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	CostsEndpoint costsEndpoint(UsageLedger ledger, Time time) {
		return new CostsEndpoint(ledger, time.clock());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(CostsEndpoint.class)
	CostsEndpointWebExtension costsEndpointWebExtension(CostsEndpoint endpoint) {
		return new CostsEndpointWebExtension(endpoint);
	}

	@Bean
	@ConditionalOnBean(CostsEndpoint.class)
	OperationInvokerAdvisor costsRequestParameters() {
		return RequestParameters.advisor();
	}

}
