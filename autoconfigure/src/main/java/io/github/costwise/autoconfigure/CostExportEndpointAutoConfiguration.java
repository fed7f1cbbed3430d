package io.github.costwise.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import io.github.costwise.actuate.CostExportEndpoint;
import io.github.costwise.actuate.CostExportEndpointWebExtension;
import io.github.costwise.actuate.ServletDownload;
import io.github.costwise.background.Background;
import io.github.costwise.spi.UsageLedger;
import io.github.costwise.time.Time;

/**
 * Auto-configuration for the {@code costexport} endpoint.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = { "io.github.costwise.autoconfigure.CostwiseAutoConfiguration",
		"io.github.costwise.autoconfigure.LedgerAutoConfiguration" })
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(CostExportEndpoint.class)
@ConditionalOnBean(UsageLedger.class)
@EnableConfigurationProperties(CostExportProperties.class)
public final class CostExportEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	CostExportEndpoint costExportEndpoint(UsageLedger ledger, CostExportProperties properties, Background background,
			Time time) {
		return new CostExportEndpoint(ledger, time.clock(), properties.getBillingAccountId(), background);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(CostExportEndpoint.class)
	CostExportEndpointWebExtension costExportEndpointWebExtension(CostExportEndpoint endpoint,
			ObjectProvider<ServletDownload> download) {
		return new CostExportEndpointWebExtension(endpoint,
				(disposition) -> download.ifAvailable((response) -> response.accept(disposition)));
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	ServletDownload costExportDownload() {
		return new ServletDownload();
	}

}
