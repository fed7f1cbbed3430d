package io.github.costwise.autoconfigure;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.costwise.actuate.CostwiseHealthIndicator;
import io.github.costwise.actuate.CostwiseInfoContributor;
import io.github.costwise.actuate.ListLedger;
import io.github.costwise.observability.CostKeyValues;
import io.github.costwise.spi.UsageLedger;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CostwiseHealthAutoConfiguration},
 * {@link CostwiseInfoAutoConfiguration} and {@link CostKeyValuesAutoConfiguration}.
 */
@Tag("chain")
class CostwiseStatusAutoConfigurationTests {

	private final ApplicationContextRunner bare = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FaultsAutoConfiguration.class, CostwiseHealthAutoConfiguration.class,
				CostwiseInfoAutoConfiguration.class, CostKeyValuesAutoConfiguration.class));

	private final ApplicationContextRunner runner = this.bare.withBean(UsageLedger.class, ListLedger::new);

	@Test
	void shouldBeOnByDefault() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(CostwiseHealthIndicator.class)
			.hasSingleBean(CostwiseInfoContributor.class)
			.hasSingleBean(CostKeyValues.class));
	}

	@Test
	void shouldBeOffByProperties() {
		this.runner
			.withPropertyValues("management.health.costwise.enabled=false", "management.info.costwise.enabled=false",
					"costwise.observations.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(CostwiseHealthIndicator.class)
				.doesNotHaveBean(CostwiseInfoContributor.class)
				.doesNotHaveBean(CostKeyValues.class));
	}

	@Test
	void shouldBeOffWithoutALedger() {
		this.bare.run((context) -> assertThat(context).hasNotFailed()
			.doesNotHaveBean(CostwiseHealthIndicator.class)
			.doesNotHaveBean(CostwiseInfoContributor.class)
			.doesNotHaveBean(CostKeyValues.class));
	}

	@Test
	void shouldBackOff() {
		HealthIndicator own = () -> Health.up().build();
		this.runner.withBean("costwiseHealthIndicator", HealthIndicator.class, () -> own)
			.run((context) -> assertThat(context).doesNotHaveBean(CostwiseHealthIndicator.class)
				.hasBean("costwiseHealthIndicator"));
	}

}
