package io.github.costwise.advisor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.messages.Message;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.TurnDeadlineException;
import io.github.costwise.advisor.FaultBench.Given;
import io.github.costwise.advisor.FaultBench.Provider;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.Outcome;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.AnswerBodies;
import io.github.costwise.testsupport.Fault;
import io.github.costwise.testsupport.LoopbackRequest;
import io.github.costwise.testsupport.SpringAi;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Streams of models that think before they answer.
 */
@Timeout(120)
@Tag("chain")
class ThoughtStreamTests {

	private static final String FALLBACK = "costwise.policies.default.fallback.";

	private static final String THINKING = "{\"type\":\"thinking\",\"thinking\":\"abcdef\",\"signature\":\"first-signature\"}";

	/** Whether a thought comes to the caller before what follows it. */
	private static final boolean SHOWN = SpringAi.showsThoughtsOfAnthropic();

	private final FaultBench bench = new FaultBench(Provider.ANTHROPIC, Provider.OPENAI);

	@AfterEach
	void close() {
		this.bench.close();
	}

	/**
	 * A stream event by event: start, thoughts in pieces, their signature, the answer.
	 */
	private static Answer thinking(String text) {
		String body = AnswerBodies.anthropicStream("[" + THINKING + ",{\"type\":\"text\",\"text\":\"" + text + "\"}]",
				"end_turn");
		return Answer.text("").events(events(body));
	}

	private static String[] events(String body) {
		List<String> events = new ArrayList<>();
		for (String event : body.split("\n\n")) {
			events.add(event + "\n\n");
		}
		return events.toArray(new String[0]);
	}

	/** What comes before the signature: start, begin of the block and two pieces. */
	private static final int THOUGHTS = 4;

	private static final int SIGNATURE = THOUGHTS + 1;

	private ApplicationContextRunner runner(String... properties) {
		return this.bench.runner().withPropertyValues(properties);
	}

	private List<String> asked() {
		return this.bench.server().requests().stream().map(LoopbackRequest::model).toList();
	}

	private static Flux<String> stream(ApplicationContext context, String name) {
		return FaultBench.scope(name)
			.get(() -> FaultBench.client(context).prompt("question-" + name).stream().content());
	}

	private static String shown(String thought) {
		return SHOWN ? thought : "";
	}

	@ParameterizedTest
	@ValueSource(strings = { "after-thoughts=false", "after-thoughts=true", "enabled=false" })
	void thoughtsArePassedOnAsTheyCome(String policy) {
		Semaphore gate = new Semaphore(THOUGHTS);
		this.bench.server().enqueue(thinking("yes").gate(gate));
		runner(FALLBACK + policy).run((context) -> StepVerifier.create(stream(context, "shown"))
			.expectNextSequence(SHOWN ? List.of("abc", "def") : List.of())
			.then(() -> gate.release(100))
			.expectNext("yes")
			.expectComplete()
			.verify(FaultBench.LIMIT));
	}

	@Test
	void failureAfterAThoughtThatWasShownGoesToTheCaller() {
		this.bench.server().enqueue(thinking("yes").fault(Fault.cutAfter(SIGNATURE)), Answer.text("from another"));
		runner().run((context) -> {
			Given given = FaultBench.ask(FaultBench.client(context), "fails", true);
			assertThat(given.text()).startsWith(SHOWN ? "abcdef" : "from another");
			assertThat(given.error() != null).isEqualTo(SHOWN);
			assertThat(asked()).hasSize(SHOWN ? 1 : 2).startsWith("claude-haiku-4-5");
		});
	}

	@Test
	void anotherTakesOverWhereThePolicySaysSo() {
		this.bench.server().enqueue(thinking("yes").fault(Fault.cutAfter(SIGNATURE)), Answer.text("from another"));
		runner(FALLBACK + "after-thoughts=true").run((context) -> {
			Given given = FaultBench.ask(FaultBench.client(context), "takes-over", true);
			assertThat(given.error()).isNull();
			assertThat(given.text()).isEqualTo(shown("abcdef") + "from another");
			assertThat(FaultBench.event(context, "takes-over").calls()).extracting(CallRecord::outcome)
				.containsExactly(Outcome.FAILED, Outcome.SUCCEEDED);
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void thoughtsWithoutAnAnswerAreNone(boolean afterThoughts) {
		String thoughts = AnswerBodies.anthropicStream("[" + THINKING + "]", "end_turn");
		this.bench.server().enqueue(Answer.text("").body(thoughts), Answer.text("from another"));
		runner(FALLBACK + "after-thoughts=" + afterThoughts).run((context) -> {
			Given given = FaultBench.ask(FaultBench.client(context), "thoughts", true);
			assertThat(given.error()).isNull();
			assertThat(given.text()).isEqualTo((SHOWN && !afterThoughts) ? "abcdef" : shown("abcdef") + "from another");
			assertThat(FaultBench.event(context, "thoughts").calls().get(0).outcome()).isEqualTo(Outcome.FAILED);
		});
	}

	@Test
	void signatureOfTheOneThatFailedReachesNeitherMemoryNorTheNext() {
		this.bench.server()
			.enqueue(thinking("yes").fault(Fault.cutAfter(SIGNATURE)), Answer.tool("time", "{}"), Answer.text("noon"));
		runner(FALLBACK + "after-thoughts=true").run((context) -> {
			ChatMemory memory = MessageWindowChatMemory.builder().build();
			ChatClient client = context.getBean(ChatClient.Builder.class)
				.defaultAdvisors(MessageChatMemoryAdvisor.builder(memory).build())
				.defaultAdvisors((advisors) -> advisors.param(ChatMemory.CONVERSATION_ID, "c"))
				.build();
			Given given = FaultBench.scope("memory")
				.get(() -> FaultBench.answer(client.prompt("question-memory").tools(new FaultBench.Tools()), true));
			assertThat(given.error()).isNull();
			assertThat(memory.get("c")).extracting(Message::getMetadata)
				.noneSatisfy((metadata) -> assertThat(metadata.toString()).contains("first-signature"));
			assertThat(this.bench.server().requests()).hasSize(3)
				.noneSatisfy((request) -> assertThat(request.body().toString()).contains("first-signature"));
		});
	}

	@Test
	void answerIsNotCachedAfterTheThoughtOfAnother() {
		this.bench.server()
			.enqueue(thinking("yes").fault(Fault.cutAfter(SIGNATURE)), Answer.text("from another"),
					Answer.text("fresh"));
		runner(FALLBACK + "after-thoughts=true", "costwise.policies.default.cache.mode=enforce").run((context) -> {
			assertThat(FaultBench.ask(FaultBench.client(context), "cached", true).text())
				.isEqualTo(shown("abcdef") + "from another");
			assertThat(FaultBench.ask(FaultBench.client(context), "cached", true).text())
				.isEqualTo(SHOWN ? "fresh" : "from another");
		});
	}

	/** Thoughts and the answer come two seconds after one another. */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void thoughtsKeepTheAttemptAlive(boolean afterThoughts) {
		Semaphore gate = new Semaphore(THOUGHTS - 1);
		runner(FALLBACK + "after-thoughts=" + afterThoughts, FALLBACK + "attempt-timeout=3s").run((context) -> {
			this.bench.warm(context, true);
			this.bench.server().enqueue(thinking("yes").gate(gate));
			Disposable ticking = Flux.interval(Duration.ofSeconds(2)).subscribe((tick) -> gate.release(3));
			assertThat(FaultBench.ask(FaultBench.client(context), "alive", true).text())
				.isEqualTo(shown("abcdef") + "yes");
			ticking.dispose();
			assertThat(this.bench.exchanges("alive")).hasSize(1);
		});
	}

	@Test
	void silenceAfterAThoughtLetsAnotherTakeOverWhereItMay() {
		runner(FALLBACK + "after-thoughts=true", FALLBACK + "attempt-timeout=2s").run((context) -> {
			this.bench.warm(context, true);
			this.bench.server().enqueue(thinking("yes").fault(Fault.stallAfter(THOUGHTS)), Answer.text("from another"));
			assertThat(FaultBench.ask(FaultBench.client(context), "silent", true).text())
				.isEqualTo(shown("abcdef") + "from another");
		});
	}

	@Test
	void silenceAfterAThoughtThatWasShownIsEndedByTheDeadline() {
		runner(FALLBACK + "attempt-timeout=1s", FALLBACK + "deadline=4s").run((context) -> {
			this.bench.warm(context, true);
			this.bench.server().enqueue(thinking("yes").fault(Fault.stallAfter(THOUGHTS)), Answer.text("from another"));
			Given given = FaultBench.ask(FaultBench.client(context), "bound", true);
			if (SHOWN) {
				assertThat(given.error()).isInstanceOf(TurnDeadlineException.class).hasMessageContaining("The turn");
			}
			else {
				assertThat(given.text()).isEqualTo("from another");
			}
			assertThat(this.bench.exchanges("bound")).hasSize(SHOWN ? 1 : 2);
		});
	}

	/**
	 * Where the OpenAI client reads no thoughts of a stream, its deltas come out empty.
	 */
	@Test
	void thoughtsOfOpenAiKeepTheAttemptAliveAndBindItOnlyWhenShown() {
		try (FaultBench openAi = new FaultBench(Provider.OPENAI, Provider.ANTHROPIC)) {
			String thought = "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"reasoning_content\":\"hm\"},\"finish_reason\":null}";
			String[] events = events(AnswerBodies.openAiStream(thought, thought, thought, thought,
					"{\"index\":0,\"delta\":{\"content\":\"yes\"},\"finish_reason\":\"stop\"}"));
			openAi.runner().withPropertyValues(FALLBACK + "attempt-timeout=3s").run((context) -> {
				openAi.warm(context, true);
				Semaphore gate = new Semaphore(1);
				openAi.server().enqueue(Answer.text("").events(events).gate(gate));
				Flux<Long> clock = Flux.interval(Duration.ofMillis(1200)).doOnNext((tick) -> gate.release());
				Disposable ticking = clock.subscribe();
				assertThat(FaultBench.ask(FaultBench.client(context), "dropped", true).text()).isEqualTo("yes");
				ticking.dispose();
				assertThat(openAi.exchanges("dropped")).hasSize(1);
				openAi.server()
					.enqueue(Answer.text("").events(events).fault(Fault.cutAfter(3)), Answer.text("from another"));
				Given broken = FaultBench.ask(FaultBench.client(context), "broken", true);
				assertThat(broken.text()).isEqualTo(SpringAi.showsThoughtsOfOpenAi() ? "" : "from another");
				assertThat(broken.error() != null).isEqualTo(SpringAi.showsThoughtsOfOpenAi());
			});
		}
	}

}
