package io.github.costwise.advisor;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.costwise.advisor.FaultBench.Given;
import io.github.costwise.advisor.FaultBench.Provider;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.Purpose;
import io.github.costwise.model.TurnRecord.CacheOutcome;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.Eventually;
import io.github.costwise.testsupport.LoopbackRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fallback beside other pillars: without routing, and with the response cache.
 */
@Timeout(120)
@Tag("chain")
class FallbackOwnModelTests {

	private final FaultBench bench = new FaultBench(Provider.OPENAI, Provider.ANTHROPIC);

	@AfterEach
	void close() {
		this.bench.close();
	}

	private ApplicationContextRunner runner(String... properties) {
		return this.bench.runner().withPropertyValues(properties);
	}

	private List<String> asked() {
		return this.bench.server().requests().stream().map(LoopbackRequest::model).toList();
	}

	@ParameterizedTest
	@CsvSource({ "off,false", "off,true", "observe,false", "observe,true" })
	void peersTakeOverFromTheClientsOwnModel(String mode, boolean streamed) {
		this.bench.server().enqueue(Answer.error(500), Answer.text("peer"));
		runner("costwise.policies.default.routing.mode=" + mode).run((context) -> {
			assertThat(FaultBench.ask(FaultBench.client(context), "own", streamed).text()).isEqualTo("peer");
			assertThat(asked()).containsExactly("gpt-5-mini", "claude-haiku-4-5");
			assertThat(FaultBench.event(context, "own").turn().versions().routing()).isNull();
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void turnStaysWithTheTargetThatTookOver(boolean streamed) {
		this.bench.server().enqueue(Answer.error(500), Answer.tool("time", "{}"), Answer.text("noon"));
		runner("costwise.policies.default.routing.mode=off").run((context) -> {
			Given given = FaultBench.scope("stay")
				.get(() -> FaultBench.answer(
						FaultBench.client(context).prompt("question-stay").tools(new FaultBench.Tools()), streamed));
			assertThat(given.text()).isEqualTo("noon");
			assertThat(asked()).containsExactly("gpt-5-mini", "claude-haiku-4-5", "claude-haiku-4-5");
			assertThat(CostwiseRunner.calls(context)).extracting(CallRecord::purpose)
				.containsExactly(Purpose.ANSWER, Purpose.FALLBACK, Purpose.TOOL_ROUND);
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void modelThatIsNoTargetFailsPlainly(boolean streamed) {
		this.bench.server().enqueue(Answer.error(500), Answer.text("ok"));
		runner("costwise.policies.default.routing.mode=off").run((context) -> {
			ChatClient client = FaultBench.client(context);
			Given given = FaultBench.scope("plain")
				.get(() -> FaultBench.answer(
						client.prompt("question-plain").options(OpenAiChatOptions.builder().model("gpt-4.1")),
						streamed));
			assertThat(given.error()).hasStackTraceContaining("com.openai.errors.InternalServerException");
			assertThat(asked()).containsExactly("gpt-4.1");
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void nothingGoesDownUnlessTheConfigurationSaysSo(boolean downwards) {
		this.bench.server()
			.handler((request) -> request.model().equals("gpt-5-nano") ? Answer.text("cheap") : Answer.error(500));
		runner("costwise.routing.tiers.light.targets[0].bean=openAi",
				"costwise.routing.tiers.light.targets[0].model=gpt-5-nano",
				"costwise.policies.default.fallback.downwards=" + downwards)
			.run((context) -> {
				Given given = FaultBench.ask(FaultBench.client(context), "down", false);
				assertThat(given.text()).isEqualTo(downwards ? "cheap" : "");
				assertThat(asked().contains("gpt-5-nano")).isEqualTo(downwards);
			});
	}

	@Test
	void cacheKeepsTheAnswerOfTheTargetThatTookOver() {
		this.bench.server().enqueue(Answer.error(500), Answer.chunks("kept ", "answer"), Answer.text("again"));
		runner("costwise.policies.default.cache.mode=enforce").run((context) -> {
			ChatClient client = FaultBench.client(context);
			assertThat(FaultBench.ask(client, "kept", true).text()).isEqualTo("kept answer");
			assertThat(FaultBench.ask(client, "kept", true).text()).isEqualTo("kept answer");
			assertThat(asked()).containsExactly("gpt-5-mini", "claude-haiku-4-5");
			assertThat(CostwiseRunner.events(context).get(0).turn().cacheOutcome()).isEqualTo(CacheOutcome.HIT);
		});
	}

	@Test
	void thoseWhoWaitForTheSameAnswerGetThatOfTheTargetThatTookOver() {
		Semaphore gate = new Semaphore(0);
		this.bench.server().enqueue(Answer.error(500), Answer.text("shared").gate(gate), Answer.text("again"));
		runner("costwise.policies.default.cache.mode=enforce").run((context) -> {
			ChatClient client = FaultBench.client(context);
			CompletableFuture<Given> leader = new CompletableFuture<>();
			CompletableFuture<Given> follower = new CompletableFuture<>();
			new Thread(() -> leader.complete(FaultBench.ask(client, "shared", false))).start();
			Eventually.holds(() -> asked().size() >= 2);
			new Thread(() -> follower.complete(FaultBench.ask(client, "shared", false))).start();
			gate.release(10);
			assertThat(leader.get(30, TimeUnit.SECONDS).text()).isEqualTo("shared");
			assertThat(follower.get(30, TimeUnit.SECONDS).text()).isEqualTo("shared");
			assertThat(asked()).hasSize(2);
		});
	}

}
