package io.github.costwise.autoconfigure;

import java.time.Clock;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.costwise.actuate.CostsEndpoint;
import io.github.costwise.actuate.CostsEndpointWebExtension;
import io.github.costwise.actuate.ListLedger;
import io.github.costwise.spi.UsageLedger;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CostsEndpointAutoConfiguration}.
 */
@Tag("chain")
class CostsEndpointAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FaultsAutoConfiguration.class, CostsEndpointAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=costs");

	@Test
	void shouldOfferTheEndpoint() {
		this.runner.withBean(UsageLedger.class, ListLedger::new)
			.run((context) -> assertThat(context).hasSingleBean(CostsEndpoint.class)
				.hasSingleBean(CostsEndpointWebExtension.class));
	}

	@Test
	void shouldBeOffWhenNotExposed() {
		this.runner.withBean(UsageLedger.class, ListLedger::new)
			.withPropertyValues("management.endpoints.web.exposure.include=health")
			.run((context) -> assertThat(context).doesNotHaveBean(CostsEndpoint.class)
				.doesNotHaveBean(CostsEndpointWebExtension.class));
	}

	@Test
	void shouldBeOffByAccess() {
		this.runner.withBean(UsageLedger.class, ListLedger::new)
			.withPropertyValues("management.endpoint.costs.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(CostsEndpoint.class));
	}

	@Test
	void shouldBeOffWithoutALedger() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(CostsEndpoint.class));
	}

	@Test
	void shouldBackOff() {
		this.runner.withUserConfiguration(OwnEndpoint.class)
			.run((context) -> assertThat(context).hasSingleBean(CostsEndpoint.class).hasBean("own"));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnEndpoint {

		@Bean
		UsageLedger ledger() {
			return new ListLedger();
		}

		@Bean
		CostsEndpoint own(UsageLedger ledger) {
			return new CostsEndpoint(ledger, Clock.systemUTC());
		}

	}

}
