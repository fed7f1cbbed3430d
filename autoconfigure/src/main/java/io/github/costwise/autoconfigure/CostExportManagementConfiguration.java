package io.github.costwise.autoconfigure;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

import io.github.costwise.actuate.CostExportEndpoint;
import io.github.costwise.actuate.ExportWebFilter;

/**
 * Configuration of the reactive server that has the {@code costexport} endpoint, be it
 * the application's or one for Actuator alone.
 *
 * @since 0.1.0
 */
@ManagementContextConfiguration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnAvailableEndpoint(CostExportEndpoint.class)
public final class CostExportManagementConfiguration {

	@Bean
	ExportWebFilter costExportWebFilter(PathMappedEndpoints endpoints) {
		return new ExportWebFilter(endpoints.getPath(EndpointId.of("costexport")));
	}

}
