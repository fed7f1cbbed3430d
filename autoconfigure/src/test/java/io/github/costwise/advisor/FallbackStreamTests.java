package io.github.costwise.advisor;

import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.messages.Message;
import org.springframework.context.ApplicationContext;

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
import io.github.costwise.testsupport.Fault;
import io.github.costwise.testsupport.LoopbackRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Streams that break, are cancelled, or are read slowly.
 */
@Timeout(120)
@Tag("chain")
class FallbackStreamTests {

	private final FaultBench bench = new FaultBench(Provider.OPENAI, Provider.ANTHROPIC);

	@AfterEach
	void close() {
		this.bench.close();
	}

	private List<String> asked() {
		return this.bench.server().requests().stream().map(LoopbackRequest::model).toList();
	}

	private static Flux<String> stream(ApplicationContext context, String name) {
		return FaultBench.scope(name)
			.get(() -> FaultBench.client(context).prompt("question-" + name).stream().content());
	}

	@ParameterizedTest
	@EnumSource(Fault.Kind.class)
	void nothingElseIsAskedOnceContentHasBegun(Fault.Kind kind) {
		Semaphore gate = new Semaphore(3);
		Answer answer = Answer.chunks("a", "b", "c", "d", "e").gate(gate);
		String deadline = (kind == Fault.Kind.STALL) ? "6s" : "10m";
		this.bench.runner()
			.withPropertyValues("costwise.policies.default.fallback.deadline=" + deadline)
			.run((context) -> {
				this.bench.warm(context, true);
				this.bench.server()
					.enqueue((kind == Fault.Kind.NONE) ? answer.malformed()
							: answer.fault(new Fault(kind, Fault.Point.AFTER_CHUNK, 4)));
				StringBuilder seen = new StringBuilder();
				StepVerifier.create(stream(context, "begun").doOnNext((text) -> {
					seen.append(text);
					gate.release(10);
				}).then()).expectError().verify(FaultBench.LIMIT);
				assertThat(seen.toString()).startsWith("a");
				assertThat(this.bench.exchanges("begun")).hasSize(1);
				CallRecord call = FaultBench.event(context, "begun").calls().get(0);
				assertThat(call.outcome()).isEqualTo((kind == Fault.Kind.STALL) ? Outcome.TIMED_OUT : Outcome.FAILED);
				assertThat(call.usage().tokens().outputTokens()).isPositive();
			});
	}

	@Test
	void toolCallIsContentAndMemoryHoldsOnlyTheAnswerGiven() {
		this.bench.server().enqueue(Answer.error(500), Answer.chunks("the ", "answer"));
		this.bench.runner().run((context) -> {
			ChatMemory memory = MessageWindowChatMemory.builder().build();
			ChatClient client = context.getBean(ChatClient.Builder.class)
				.defaultAdvisors(MessageChatMemoryAdvisor.builder(memory).build())
				.defaultAdvisors((advisors) -> advisors.param(ChatMemory.CONVERSATION_ID, "c"))
				.build();
			assertThat(FaultBench.ask(client, "memory", true).text()).isEqualTo("the answer");
			assertThat(memory.get("c")).extracting(Message::getText).containsExactly("question-memory", "the answer");
		});
	}

	@Test
	void slowReaderGetsEveryChunkOnce() {
		this.bench.server().enqueue(Answer.error(500), Answer.chunks("a", "b", "c", "d", "e", "f"));
		this.bench.runner()
			.run((context) -> StepVerifier.create(stream(context, "slow"), 1)
				.expectNext("a")
				.thenRequest(1)
				.expectNext("b")
				.thenRequest(2)
				.expectNext("c", "d")
				.thenRequest(10)
				.expectNext("e", "f")
				.expectComplete()
				.verify(FaultBench.LIMIT));
	}

	@Test
	void answerWithoutContentIsPassedOnWholeWhenNobodyHasABetterOne() {
		this.bench.server()
			.enqueue(Answer.text("").body(""), Answer.chunks(), Answer.chunks(), Answer.text("").body(""));
		this.bench.runner().run((context) -> {
			Flux<ChatClientResponse> metadata = FaultBench.scope("metadata")
				.get(() -> FaultBench.client(context).prompt("question-metadata").stream().chatClientResponse());
			assertThat(metadata.collectList().block(FaultBench.LIMIT)).isNotEmpty();
			assertThat(stream(context, "empty").collectList().block(FaultBench.LIMIT)).isEmpty();
			assertThat(asked()).containsExactly("gpt-5-mini", "claude-haiku-4-5", "gpt-5-mini", "claude-haiku-4-5");
			assertThat(CostwiseRunner.calls(context)).hasSize(4)
				.allSatisfy((call) -> assertThat(call.outcome()).isEqualTo(Outcome.FAILED));
		});
	}

	@Test
	void cancelledStreamReleasesItsTargetWhereverItIs() {
		Semaphore gate = new Semaphore(3);
		this.bench.server()
			.enqueue(Answer.error(500), Answer.text("ok"), Answer.chunks("a", "b", "c", "d").gate(gate),
					Answer.text("x").fault(Fault.stall(Fault.Point.BEFORE_HEADERS)), Answer.text("probe"));
		this.bench.runner()
			.withPropertyValues("costwise.fallback.health.minimum-calls=1", "costwise.fallback.health.window=1",
					"costwise.fallback.health.cooldown=1ms", "costwise.fallback.health.half-open-calls=1")
			.run((context) -> {
				assertThat(FaultBench.ask(FaultBench.client(context), "fails", true).text()).isEqualTo("ok");
				assertThat(stream(context, "content").blockFirst(FaultBench.LIMIT)).isEqualTo("a");
				cancelBeforeHeaders(context);
				gate.release(100);
				assertThat(FaultBench.ask(FaultBench.client(context), "probe", true).text()).isEqualTo("probe");
				assertThat(asked()).containsExactly("gpt-5-mini", "claude-haiku-4-5", "gpt-5-mini", "gpt-5-mini",
						"gpt-5-mini");
				assertThat(context.getBean(TargetHealth.class).states())
					.filteredOn((state) -> state.name().startsWith("openAi"))
					.extracting(TargetState::state)
					.containsExactly(TargetState.CircuitState.AVAILABLE);
				assertThat(FaultBench.event(context, "headers").calls()).extracting(CallRecord::outcome)
					.containsExactly(Outcome.CANCELLED);
			});
	}

	private void cancelBeforeHeaders(ApplicationContext context) {
		int before = asked().size();
		BaseSubscriber<String> subscriber = new BaseSubscriber<>() {

			@Override
			protected void hookOnSubscribe(Subscription subscription) {
				subscription.request(1);
			}

		};
		stream(context, "headers").subscribe(subscriber);
		Eventually.holds(() -> asked().size() != before);
		subscriber.cancel();
	}

	/** Two probes are admitted: the wait that is cancelled must give the second back. */
	@Test
	void streamCancelledWhileItWaitsReleasesTheTargetItWaitsFor() {
		Deque<Answer> anthropic = new ConcurrentLinkedDeque<>(List.of(Answer.error(500), Answer.error(500),
				Answer.error(429).header("retry-after", "30"), Answer.text("ok")));
		this.bench.server()
			.handler((request) -> (request.protocol() == Provider.OPENAI.protocol) ? Answer.error(500)
					: anthropic.poll());
		this.bench.runner()
			.withPropertyValues("costwise.policies.default.fallback.longest-wait=60s",
					"costwise.fallback.health.longest-wait=60s", "costwise.fallback.health.minimum-calls=2",
					"costwise.fallback.health.window=2", "costwise.fallback.health.cooldown=1ms",
					"costwise.fallback.health.half-open-calls=2")
			.run((context) -> {
				FaultBench.ask(FaultBench.client(context), "one", true);
				FaultBench.ask(FaultBench.client(context), "two", true);
				BaseSubscriber<String> subscriber = new BaseSubscriber<>() {
				};
				stream(context, "waits").subscribe(subscriber);
				this.bench.settled(6);
				subscriber.cancel();
				assertThat(FaultBench.ask(FaultBench.client(context), "after", true).text()).isEqualTo("ok");
				assertThat(this.bench.exchanges("waits")).hasSize(2);
			});
	}

	@ParameterizedTest
	@EnumSource(Provider.class)
	void toolLoopGoesOnAtAnotherProvider(Provider first) {
		for (boolean streamed : new boolean[] { false, true }) {
			try (FaultBench loop = new FaultBench(first, first.other())) {
				loop.server()
					.enqueue(Answer.tool("time", "{}"), Answer.error(500), Answer.tool("time", "{}"),
							Answer.text("noon"));
				loop.runner().run((context) -> {
					Given given = FaultBench.scope("loop")
						.get(() -> FaultBench.answer(
								FaultBench.client(context).prompt("question-loop").tools(new FaultBench.Tools()),
								streamed));
					assertThat(given.text()).isEqualTo("noon");
					assertThat(loop.server().requests()).extracting(LoopbackRequest::protocol)
						.containsExactly(first.protocol, first.protocol, first.other().protocol,
								first.other().protocol);
					assertThat(FaultBench.event(context, "loop").calls()).extracting(CallRecord::purpose)
						.containsExactly(Purpose.ANSWER, Purpose.TOOL_ROUND, Purpose.FALLBACK, Purpose.TOOL_ROUND);
					assertPaired(loop.server().requests().get(3));
				});
			}
		}
	}

	/** Every answer of a tool follows the call it belongs to, whatever the protocol. */
	private static void assertPaired(LoopbackRequest request) {
		String key = (request.protocol() == Provider.OPENAI.protocol) ? "tool_call_id" : "tool_use_id";
		List<String> answers = request.body().findValuesAsString(key);
		assertThat(answers).hasSize(2);
		assertThat(request.body().findValuesAsString("id")).containsAll(answers);
	}

}
