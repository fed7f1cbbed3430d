package io.github.costwise.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.actuate.ListLedger;
import io.github.costwise.actuate.Records;
import io.github.costwise.faults.Faults;
import io.github.costwise.observability.MeterSettings;
import io.github.costwise.observability.MetricsCostListener;
import io.github.costwise.observability.SeriesBudget;
import io.github.costwise.observability.StateMeters;
import io.github.costwise.spi.UsageLedger;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MetricsAutoConfiguration}.
 */
@Tag("chain")
class MetricsAutoConfigurationTests {

	private final ApplicationContextRunner bare = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FaultsAutoConfiguration.class, MetricsAutoConfiguration.class))
		.withBean(UsageLedger.class, ListLedger::new);

	private final ApplicationContextRunner runner = this.bare.withBean(MeterRegistry.class, SimpleMeterRegistry::new);

	@Test
	void shouldBeOnByDefault() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(MetricsCostListener.class)
			.hasSingleBean(StateMeters.class));
	}

	@Test
	void shouldBeOffByProperty() {
		this.runner.withPropertyValues("costwise.metrics.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(MetricsCostListener.class)
				.doesNotHaveBean(StateMeters.class));
	}

	@Test
	void shouldBeOffWithoutARegistry() {
		this.bare.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(MetricsCostListener.class));
	}

	@Test
	void shouldBackOff() {
		this.runner
			.withBean("own", MetricsCostListener.class,
					() -> new MetricsCostListener(new SimpleMeterRegistry(), MeterSettings.DEFAULTS,
							new SeriesBudget(2000), new Faults()))
			.run((context) -> assertThat(context).hasSingleBean(MetricsCostListener.class).hasBean("own"));
	}

	@Test
	void shouldHandOnItsProperties() {
		this.runner
			.withPropertyValues("costwise.metrics.tenant-tag=true", "costwise.metrics.deployment-tag=true",
					"costwise.metrics.open-telemetry-names=true", "costwise.metrics.max-tag-values=1")
			.run((context) -> {
				context.getBean(MetricsCostListener.class).onCall(Records.call("1"));
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				assertThat(registry.get("costwise.calls")
					.tags("tenant", "acme", "deployment", Records.call("1").deployment())
					.timers()).isNotEmpty();
				assertThat(registry.find("gen_ai.client.operation.duration").timer()).isNotNull();
			});
	}

	@Test
	void shouldRefuseABadLimit() {
		this.runner.withPropertyValues("costwise.metrics.max-tag-values=0")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(CostwiseConfigurationException.class)
				.hasMessageContaining("'costwise.metrics.max-tag-values' is 0"));
	}

}
