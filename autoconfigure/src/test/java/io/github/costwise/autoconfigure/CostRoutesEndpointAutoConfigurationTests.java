package io.github.costwise.autoconfigure;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.costwise.accounting.Deployments;
import io.github.costwise.actuate.CostRoutesEndpoint;
import io.github.costwise.actuate.CostRoutesEndpointWebExtension;
import io.github.costwise.fallback.FallbackRate;
import io.github.costwise.fallback.TargetHealth;
import io.github.costwise.pipeline.CostPolicies;
import io.github.costwise.pipeline.Gates;
import io.github.costwise.pipeline.TurnRouter;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CostRoutesEndpointAutoConfiguration}.
 */
@Tag("chain")
class CostRoutesEndpointAutoConfigurationTests {

	private static final String TIERS = "costwise.routing.tiers.light.targets[0].model=gpt-5-nano";

	private final LoopbackProvider provider = new LoopbackProvider();

	private final ApplicationContextRunner runner = CostwiseRunner.create()
		.withBean("model", ChatModel.class, () -> LoopbackModels.openAi(this.provider))
		.withPropertyValues("management.endpoints.web.exposure.include=costroutes");

	@AfterEach
	void close() {
		this.provider.close();
	}

	@Test
	void isThereWithTiers() {
		this.runner.withPropertyValues(TIERS)
			.run((context) -> assertThat(context).hasSingleBean(CostRoutesEndpoint.class)
				.hasSingleBean(CostRoutesEndpointWebExtension.class));
	}

	@Test
	void isNotThereWithoutTiers() {
		this.runner.run((context) -> assertThat(context).hasNotFailed()
			.doesNotHaveBean(CostRoutesEndpoint.class)
			.doesNotHaveBean(CostRoutesEndpointWebExtension.class));
	}

	@Test
	void isOffWhenNotExposedOrByAccess() {
		this.runner.withPropertyValues(TIERS, "management.endpoints.web.exposure.include=health")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(CostRoutesEndpoint.class));
		this.runner.withPropertyValues(TIERS, "management.endpoint.costroutes.access=NONE")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(CostRoutesEndpoint.class));
	}

	@Test
	void backsOff() {
		this.runner.withPropertyValues(TIERS)
			.withUserConfiguration(OwnEndpoint.class)
			.run((context) -> assertThat(context).hasSingleBean(CostRoutesEndpoint.class).hasBean("own"));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnEndpoint {

		@Bean
		CostRoutesEndpoint own(TurnRouter router, TargetHealth health, FallbackRate rate, CostPolicies policies,
				Deployments deployments, Gates gates) {
			return new CostRoutesEndpoint(router, health, rate, policies, deployments, gates, null);
		}

	}

}
