package io.github.costwise.advisor;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.EventListener;

import io.github.costwise.CostFeedback;
import io.github.costwise.CostScope;
import io.github.costwise.RouteMetadata;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.FallbackSpike;
import io.github.costwise.model.RoutingRollback;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.pipeline.Rollout;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;
import io.github.costwise.testsupport.LoopbackRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * A configuration on trial, and what the application is notified, on the real clients.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
@Tag("chain")
class RolloutChainTests {

	private final LoopbackProvider provider = new LoopbackProvider()
		.handler((request) -> request.model().equals("gpt-4.1") ? Answer.error(503) : Answer.text("yes"));

	private final ApplicationContextRunner runner = CostwiseRunner.create()
		.withBean("openAi", ChatModel.class, () -> LoopbackModels.openAi(this.provider))
		.withBean(Told.class)
		.withPropertyValues("costwise.routing.tiers.light.targets[0].model=gpt-5-nano",
				"costwise.routing.candidate.least-turns=10", "costwise.policies.default.routing.mode=enforce");

	@AfterEach
	void close() {
		this.provider.close();
	}

	@Test
	void candidateWhoseAnswersFailGoesBackByItself(CapturedOutput output) {
		this.runner
			.withPropertyValues("costwise.routing.candidate.share=1",
					"costwise.routing.candidate.tiers.light.targets[0].model=gpt-4.1")
			.run((context) -> {
				Rollout.RolloutState before = context.getBean(Rollout.class).now();
				String candidate = Objects.requireNonNull(before.candidate()).configuration().version();
				for (int i = 0; i < 10; i++) {
					assertThatException().isThrownBy(() -> ask(context, "ann"));
				}
				for (int i = 0; i < 10; i++) {
					ask(context, "ann");
				}
				RoutingRollback expected = new RoutingRollback(candidate, before.stable().version(),
						"Only 0.0 % of its answers were good");
				assertThat(context.getBean(Told.class).rollbacks).containsExactly(expected);
				assertThat(output.toString().split("routing went back from configuration " + candidate, -1)).hasSize(2);
				assertThat(context.getBean(Rollout.class).now().candidate()).isNull();
				assertThat(turns(context)).extracting((turn) -> turn.versions().routing())
					.containsOnly(candidate, before.stable().version());
				assertThat(turns(context)).filteredOn((turn) -> candidate.equals(turn.versions().routing()))
					.hasSize(10);
			});
	}

	@Test
	void candidateWhoseAnswersAreRatedBadGoesBackByItself() {
		this.runner
			.withPropertyValues("costwise.routing.candidate.share=0.5",
					"costwise.routing.candidate.tiers.light.targets[0].model=gpt-4.1-nano")
			.run((context) -> {
				CostFeedback feedback = context.getBean(CostFeedback.class);
				for (int i = 0; i < 100; i++) {
					String turn = ask(context, "user" + i);
					assertThat(feedback.rate(turn, !"gpt-4.1-nano".equals(lastModel()))).isTrue();
					assertThat(feedback.rate(turn, true)).isFalse();
				}
				assertThat(context.getBean(Told.class).rollbacks).hasSize(1);
				assertThat(context.getBean(Rollout.class).now().candidate()).isNull();
				assertThat(context.getBean(Rollout.class).now().signal().share()).isEqualTo(1);
				assertThat(feedback.rate("unknown", true)).isFalse();
			});
	}

	@Test
	void usersKeepToOneConfiguration() {
		this.runner
			.withPropertyValues("costwise.routing.candidate.share=0.3",
					"costwise.routing.candidate.tiers.light.targets[0].model=gpt-4.1-nano")
			.run((context) -> {
				Set<String> tried = new TreeSet<>();
				for (int i = 0; i < 100; i++) {
					ask(context, "user" + i);
					String model = lastModel();
					ask(context, "user" + i);
					assertThat(lastModel()).isEqualTo(model);
					if ("gpt-4.1-nano".equals(model)) {
						tried.add("user" + i);
					}
				}
				assertThat(tried).hasSizeBetween(15, 45);
			});
	}

	@Test
	void turnsThatAreOnlyObservedCannotBeRated() {
		this.runner.withPropertyValues("costwise.policies.default.routing.mode=observe").run((context) -> {
			context.getBean(ChatClient.Builder.class).build().prompt("Hello").call().content();
			String turn = turns(context).get(0).id();
			assertThat(context.getBean(CostFeedback.class).rate(turn, true)).isFalse();
		});
	}

	@Test
	void spikeIsReportedOnce(CapturedOutput output) {
		this.runner
			.withPropertyValues("costwise.routing.tiers.light.targets[0].model=gpt-4.1",
					"costwise.routing.tiers.premium.targets[0].model=gpt-5",
					"costwise.policies.default.fallback.enabled=true", "costwise.fallback.spike.minimum-turns=3",
					"costwise.fallback.health.minimum-calls=20")
			.run((context) -> {
				for (int i = 0; i < 6; i++) {
					ask(context, "ann");
				}
				assertThat(context.getBean(Told.class).spikes).singleElement().satisfies((spike) -> {
					assertThat(spike.share()).isEqualTo(1);
					assertThat(spike.turns()).isEqualTo(3);
					assertThat(spike.byTarget()).containsOnlyKeys("openAi/gpt-4.1");
				});
				assertThat(output.toString().split("100 % of the latest 3 turns fell back", -1)).hasSize(2);
			});
	}

	@Test
	void listenerThatThrowsFailsNoTurn() {
		this.runner.withBean(Broken.class)
			.withPropertyValues("costwise.routing.tiers.light.targets[0].model=gpt-4.1",
					"costwise.routing.tiers.premium.targets[0].model=gpt-5",
					"costwise.policies.default.fallback.enabled=true", "costwise.fallback.spike.minimum-turns=1")
			.run((context) -> {
				ask(context, "ann");
				assertThat(turns(context)).extracting(TurnRecord::outcome)
					.containsExactly(TurnRecord.TurnOutcome.ANSWERED);
				assertThat(context.getBean(Faults.class).count(Faults.Kind.LISTENER)).isOne();
			});
	}

	private String lastModel() {
		List<LoopbackRequest> requests = this.provider.requests();
		return String.valueOf(requests.get(requests.size() - 1).model());
	}

	private static List<TurnRecord> turns(ApplicationContext context) {
		return CostwiseRunner.events(context).stream().map((event) -> Objects.requireNonNull(event.turn())).toList();
	}

	private static String ask(ApplicationContext context, String user) {
		return CostScope.builder()
			.user(user)
			.build()
			.get(() -> Objects
				.requireNonNull(context.getBean(ChatClient.Builder.class)
					.build()
					.prompt("What is the capital of France?")
					.call()
					.chatResponse())
				.getMetadata()
				.get(RouteMetadata.TURN));
	}

	static class Told {

		private final List<RoutingRollback> rollbacks = new CopyOnWriteArrayList<>();

		private final List<FallbackSpike> spikes = new CopyOnWriteArrayList<>();

		@EventListener
		void on(RoutingRollback rollback) {
			this.rollbacks.add(rollback);
		}

		@EventListener
		void on(FallbackSpike spike) {
			this.spikes.add(spike);
		}

	}

	static class Broken {

		@EventListener
		void on(FallbackSpike spike) {
			throw new IllegalStateException("broken listener");
		}

	}

}
