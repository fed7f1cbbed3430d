package io.github.costwise.advisor;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.CallLimits;
import io.github.costwise.CostLimitExceededException;
import io.github.costwise.CostScope;
import io.github.costwise.TargetsFailedException;
import io.github.costwise.Tier;
import io.github.costwise.advisor.FaultBench.Given;
import io.github.costwise.advisor.FaultBench.Provider;
import io.github.costwise.fallback.TargetHealth;
import io.github.costwise.fallback.TargetState;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.Outcome;
import io.github.costwise.model.CallRecord.Purpose;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.Eventually;
import io.github.costwise.testsupport.LoopbackRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What follows which failure, on the real clients.
 */
@Timeout(120)
@Tag("chain")
class FallbackRulesChainTests {

	private static final String FALLBACK = "costwise.policies.default.fallback.";

	private static final String HEALTH = "costwise.fallback.health.";

	private FaultBench bench = new FaultBench(Provider.OPENAI, Provider.ANTHROPIC);

	@AfterEach
	void close() {
		this.bench.close();
	}

	private FaultBench only(Provider provider) {
		this.bench.close();
		this.bench = new FaultBench(provider);
		return this.bench;
	}

	private ApplicationContextRunner runner(String... properties) {
		return this.bench.runner().withPropertyValues(properties);
	}

	private List<String> asked() {
		return this.bench.server().requests().stream().map(LoopbackRequest::model).toList();
	}

	private static Given ask(ApplicationContext context, String name, boolean streamed) {
		return FaultBench.ask(FaultBench.client(context), name, streamed);
	}

	private static TargetState state(ApplicationContext context, String target) {
		return context.getBean(TargetHealth.class)
			.states()
			.stream()
			.filter((state) -> state.name().equals(target))
			.findFirst()
			.orElseThrow();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void shortWaitIsWaitedOutWhenNoOtherTargetIsLeft(boolean streamed) {
		only(Provider.OPENAI).server().enqueue(Answer.error(429).header("retry-after-ms", "20"), Answer.text("ok"));
		runner().run((context) -> {
			assertThat(ask(context, "wait", streamed).text()).isEqualTo("ok");
			assertThat(CostwiseRunner.calls(context)).extracting(CallRecord::purpose)
				.containsExactly(Purpose.ANSWER, Purpose.FALLBACK);
			assertThat(asked()).containsExactly("gpt-5-mini", "gpt-5-mini");
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void longWaitIsNotWaitedOutAndTheTargetIsLeftUnchanged(boolean streamed) {
		this.bench.server()
			.enqueue(Answer.error(429).header("retry-after", "600"), Answer.text("ok"), Answer.text("ok"));
		runner().run((context) -> {
			assertThat(ask(context, "a", streamed).text()).isEqualTo("ok");
			assertThat(ask(context, "b", streamed).text()).isEqualTo("ok");
			assertThat(asked()).containsExactly("gpt-5-mini", "claude-haiku-4-5", "claude-haiku-4-5");
			assertThat(state(context, "openAi/gpt-5-mini").state()).isEqualTo(TargetState.CircuitState.WAITING);
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void tooLongPromptGoesOnlyToLargerWindows(boolean streamed) {
		this.bench.server()
			.handler((request) -> request.model().equals("claude-opus-4-5") ? Answer.text("ok")
					: FaultMatrixTests.refusal("context_length_exceeded", "prompt is too long"));
		ApplicationContextRunner windows = FaultBench.targets("premium", Provider.ANTHROPIC)
			.apply(runner("costwise.routing.tiers.standard.targets[0].context-window=100000",
					"costwise.routing.tiers.standard.targets[1].context-window=90000",
					"costwise.routing.tiers.premium.targets[0].context-window=200000"));
		windows.run((context) -> {
			assertThat(ask(context, "long", streamed).text()).isEqualTo("ok");
			assertThat(asked()).containsExactly("gpt-5-mini", "claude-opus-4-5");
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void contentPolicyMayBeSetToGoOn(boolean streamed) {
		this.bench.server()
			.enqueue(FaultMatrixTests.refusal("content_policy_violation", "content policy"), Answer.text("ok"));
		runner(FALLBACK + "reactions.content-policy=next").run((context) -> {
			assertThat(ask(context, "policy", streamed).text()).isEqualTo("ok");
			assertThat(asked()).containsExactly("gpt-5-mini", "claude-haiku-4-5");
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void exceptionNamesAllAttemptsAndKeepsTheirCauses(boolean streamed) {
		this.bench.server().enqueue(Answer.error(500), Answer.error(529));
		runner().run((context) -> {
			RuntimeException error = ask(context, "all", streamed).error();
			assertThat(error).isInstanceOf(TargetsFailedException.class)
				.hasMessageContaining("2 attempts failed: openAi/gpt-5-mini SERVER_ERROR (500), "
						+ "anthropic/claude-haiku-4-5 SERVER_ERROR (529); no other target is left");
			assertThat(error.getCause()).hasStackTraceContaining("com.anthropic.errors");
			assertThat(error.getSuppressed()[0]).hasStackTraceContaining("com.openai.errors");
			assertThat(CostwiseRunner.calls(context)).hasSize(2)
				.allSatisfy((call) -> assertThat(call.outcome()).isEqualTo(Outcome.FAILED));
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void limitOnCallsLeavesTheFailureInPlace(boolean streamed) {
		this.bench.server().enqueue(Answer.error(500));
		runner().run((context) -> {
			CostScope scope = CostScope.builder()
				.feature("limit")
				.tier(Tier.STANDARD)
				.limits(new CallLimits(null, 1, null))
				.build();
			Given given = scope
				.get(() -> FaultBench.answer(FaultBench.client(context).prompt("question-limit"), streamed));
			assertThat(given.error()).hasStackTraceContaining("com.openai.errors.InternalServerException")
				.isNotInstanceOf(CostLimitExceededException.class);
			assertThat(List.of(given.error().getSuppressed()))
				.anySatisfy((stop) -> assertThat(stop).isInstanceOf(CostLimitExceededException.class));
			assertThat(asked()).containsExactly("gpt-5-mini");
			assertThat(CostwiseRunner.calls(context)).hasSize(1);
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void limitThatIsReachedAtOnceNeverFallsBack(boolean streamed) {
		this.bench.server().handler((request) -> Answer.tool("time", "{}"));
		runner().run((context) -> {
			CostScope scope = CostScope.builder()
				.feature("loop")
				.tier(Tier.STANDARD)
				.limits(new CallLimits(null, 2, null))
				.build();
			Given given = scope.get(() -> FaultBench
				.answer(FaultBench.client(context).prompt("question-loop").tools(new FaultBench.Tools()), streamed));
			assertThat(given.error()).isInstanceOf(CostLimitExceededException.class);
			assertThat(asked()).containsExactly("gpt-5-mini", "gpt-5-mini");
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void repeatsOfTheClientAreAttemptsOfOneCall(boolean streamed) {
		this.bench.server()
			.enqueue(Answer.error(500).header("retry-after-ms", "1"), Answer.error(503).header("retry-after-ms", "1"),
					Answer.error(500), Answer.text("ok"));
		runner("retries=2").run((context) -> {
			assertThat(ask(context, "retries", streamed).text()).isEqualTo("ok");
			List<CallRecord> calls = CostwiseRunner.calls(context);
			assertThat(calls).hasSize(2);
			assertThat(calls.get(0).ending().attempts()).extracting(CallRecord.HttpAttempt::status)
				.containsExactly(500, 503, 500);
			assertThat(calls.get(1).ending().attempts()).extracting(CallRecord.HttpAttempt::status)
				.containsExactly(200);
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void failingTargetIsSkippedWithoutACallAndTriedLater(boolean streamed) {
		this.bench.server()
			.enqueue(Answer.error(500), Answer.text("1"), Answer.error(500), Answer.text("2"), Answer.text("3"));
		runner(HEALTH + "minimum-calls=2", HEALTH + "window=2", HEALTH + "cooldown=1s", HEALTH + "half-open-calls=1")
			.run((context) -> {
				assertThat(ask(context, "a", streamed).text()).isEqualTo("1");
				assertThat(ask(context, "b", streamed).text()).isEqualTo("2");
				assertThat(state(context, "openAi/gpt-5-mini").state()).isEqualTo(TargetState.CircuitState.FAILING);
				assertThat(ask(context, "c", streamed).text()).isEqualTo("3");
				assertThat(asked().get(4)).isEqualTo("claude-haiku-4-5");
				this.bench.server().handler((request) -> Answer.text("4"));
				Eventually.holds(() -> state(context, "openAi/gpt-5-mini").state() != TargetState.CircuitState.FAILING);
				assertThat(ask(context, "d", streamed).text()).isEqualTo("4");
				assertThat(asked().get(5)).isEqualTo("gpt-5-mini");
				assertThat(state(context, "openAi/gpt-5-mini").state()).isEqualTo(TargetState.CircuitState.AVAILABLE);
			});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void oneIsTriedWhenAllAreLeftUnchanged(boolean streamed) {
		this.bench.server().handler((request) -> Answer.error(500));
		runner(HEALTH + "minimum-calls=1", HEALTH + "window=1", HEALTH + "cooldown=1h").run((context) -> {
			ask(context, "a", streamed);
			assertThat(asked()).hasSize(2);
			this.bench.server().handler((request) -> Answer.text("back"));
			assertThat(ask(context, "b", streamed).text()).isEqualTo("back");
			assertThat(asked()).hasSize(3).endsWith("gpt-5-mini");
		});
	}

}
