package io.github.costwise.observability;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.CostScope;
import io.github.costwise.Tier;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for {@link RouteMeters}.
 */
@Timeout(60)
@Tag("chain")
class RouteMetersTests {

	private final LoopbackProvider provider = new LoopbackProvider()
		.handler((request) -> request.model().equals("gpt-5-mini") ? Answer.error(503) : Answer.text("yes"));

	private final ApplicationContextRunner runner = CostwiseRunner.create()
		.withBean("model", ChatModel.class, () -> LoopbackModels.openAi(this.provider))
		.withBean(SimpleMeterRegistry.class)
		.withPropertyValues("costwise.routing.tiers.light.targets[0].model=gpt-5-nano",
				"costwise.routing.tiers.light.targets[0].name=nano",
				"costwise.routing.tiers.standard.targets[0].model=gpt-5-mini",
				"costwise.routing.tiers.standard.targets[0].name=mini",
				"costwise.routing.tiers.premium.targets[0].model=gpt-5",
				"costwise.routing.tiers.premium.targets[0].name=big", "costwise.policies.default.routing.mode=enforce",
				"costwise.policies.default.fallback.enabled=true", "costwise.policies.default.fallback.max-attempts=2",
				"costwise.policies.seen.routing.mode=observe", "costwise.policies.unseen.routing.mode=off");

	@AfterEach
	void close() {
		this.provider.close();
	}

	@Test
	void metersChoicesOfPolicies() {
		this.provider.handler((request) -> Answer.text("yes"));
		this.runner.run((context) -> {
			MeterRegistry registry = bound(context);
			ask(context, "default", Tier.AUTO);
			ask(context, "default", Tier.AUTO);
			ask(context, "seen", Tier.AUTO);
			assertThat(routes(registry, "default", "light", "score", "true")).isEqualTo(2);
			assertThat(routes(registry, "default", "light", "pinned", "true")).isZero();
			assertThat(routes(registry, "seen", "light", "score", "false")).isEqualTo(1);
			assertThat(registry.find("costwise.routes").tag("policy", "unseen").functionCounter()).isNull();
		});
	}

	@Test
	void metersTakeoversAndTargets() {
		this.runner.withPropertyValues("costwise.fallback.health.minimum-calls=2").run((context) -> {
			MeterRegistry registry = bound(context);
			assertThat(registry.find("costwise.fallbacks").functionCounter()).isNull();
			for (int i = 0; i < 4; i++) {
				ask(context, "default", Tier.STANDARD);
			}
			assertThat(registry.get("costwise.fallbacks")
				.tags("from", "mini", "to", "big", "kind", "server_error")
				.functionCounter()
				.count()).isEqualTo(2);
			assertThat(available(registry, "mini")).isZero();
			assertThat(available(registry, "big")).isEqualTo(1);
			assertThat(available(registry, "nano")).isEqualTo(1);
			assertThat(registry.get("costwise.fallback.share").gauge().value()).isEqualTo(.5);
			assertThat(registry.getMeters()).extracting(Meter::getId)
				.filteredOn((id) -> id.getName().equals("costwise.fallbacks"))
				.hasSize(1);
		});
	}

	@Test
	void metersWhatWasBeforeItWasBound() {
		this.runner.run((context) -> {
			ask(context, "default", Tier.STANDARD);
			MeterRegistry registry = bound(context);
			assertThat(registry.get("costwise.fallbacks").functionCounter().count()).isEqualTo(1);
		});
	}

	@Test
	void metersWhatNobodyCouldAnswer() {
		this.runner.withPropertyValues("costwise.policies.default.routing.regions=eu").run((context) -> {
			MeterRegistry registry = bound(context);
			assertThatException().isThrownBy(() -> ask(context, "default", Tier.AUTO));
			assertThat(registry.get("costwise.routes.refused").tag("reason", "region").functionCounter().count())
				.isEqualTo(1);
			assertThat(registry.get("costwise.routes.refused").tag("reason", "cost").functionCounter().count())
				.isZero();
		});
	}

	@Test
	void metersQualityOfBothVersions() {
		this.runner.run((context) -> {
			MeterRegistry registry = bound(context);
			assertThat(registry.get("costwise.rollout.quality").tag("version", "stable").gauge().value()).isEqualTo(1);
			assertThat(registry.get("costwise.rollout.quality").tag("version", "candidate").gauge().value()).isNaN();
		});
		this.runner.withPropertyValues("costwise.routing.candidate.share=1").run((context) -> {
			MeterRegistry registry = bound(context);
			assertThat(registry.get("costwise.rollout.quality").tag("version", "candidate").gauge().value())
				.isEqualTo(1);
		});
	}

	private static MeterRegistry bound(ApplicationContext context) {
		MeterRegistry registry = context.getBean(MeterRegistry.class);
		context.getBean(RouteMeters.class).bindTo(registry);
		return registry;
	}

	private static double routes(MeterRegistry registry, String policy, String tier, String cause, String acting) {
		return registry.get("costwise.routes")
			.tags("policy", policy, "tier", tier, "cause", cause, "acting", acting)
			.functionCounter()
			.count();
	}

	private static double available(MeterRegistry registry, String target) {
		return registry.get("costwise.target.available").tag("target", target).gauge().value();
	}

	private static void ask(ApplicationContext context, String policy, Tier tier) {
		CostScope.builder()
			.policy(policy)
			.tier(tier)
			.build()
			.run(() -> context.getBean(ChatClient.Builder.class)
				.build()
				.prompt("What is the capital of France?")
				.call()
				.content());
	}

}
