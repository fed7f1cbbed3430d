package io.github.costwise.advisor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClient.ChatClientRequestSpec;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.CallLimits;
import io.github.costwise.CostScope;
import io.github.costwise.cache.TestClock;
import io.github.costwise.model.BudgetState;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.Eventually;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;
import io.github.costwise.testsupport.Trace;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A call and a stream of the same scenario tell the same story: the same requests to the
 * same targets, the same records of turns and calls, and the same answer or failure.
 */
@Timeout(120)
@Tag("chain")
class SameStoryTests {

	private static final String CACHE = "costwise.policies.default.cache.";

	private static final String ROUTING = "costwise.policies.default.routing.mode=enforce";

	private static final String GATE = "costwise.policies.default.gate.";

	private static final String EASY = "What is the capital of France?";

	private static final String SORRY = "I'm sorry, but I cannot answer that.";

	private final LoopbackProvider provider = new LoopbackProvider();

	private final ApplicationContextRunner runner = CostwiseRunner.traced()
		.withBean("openAi", ChatModel.class, () -> LoopbackModels.openAi(this.provider))
		.withBean("anthropic", ChatModel.class, () -> LoopbackModels.anthropic(this.provider))
		.withPropertyValues("costwise.chat.default-model=openAi");

	private final ApplicationContextRunner routed = this.runner.withPropertyValues(ROUTING,
			"costwise.policies.default.fallback.enabled=true",
			"costwise.routing.tiers.light.targets[0].model=gpt-5-nano",
			"costwise.routing.tiers.light.targets[1].model=gpt-4.1-nano",
			"costwise.routing.tiers.light.targets[1].name=other",
			"costwise.routing.tiers.premium.targets[0].bean=anthropic",
			"costwise.routing.tiers.premium.targets[0].model=claude-opus-4-5");

	@AfterEach
	void close() {
		this.provider.close();
	}

	static Stream<Scenario> scenarios() {
		return Stream.of(scenario("the client's own model", Answer.chunks("Par", "is")),
				scenario("a failure of the client's own model", Answer.error(400)),
				scenario("a tool", Answer.tool("time", "{}"), Answer.chunks("no", "on")).asks(SameStoryTests::time),
				scenario("a limit", Answer.tool("time", "{}"), Answer.text("noon")).asks(SameStoryTests::limited),
				scenario("the cache", Answer.chunks("Par", "is")).with(CACHE + "mode=enforce")
					.asks(SameStoryTests::twice),
				scenario("a cache that observes", Answer.text("Paris"), Answer.text("Paris"))
					.with(CACHE + "mode=observe")
					.asks((bench, form) -> bench.ask(EASY, form) + bench.ask(EASY, form)),
				scenario("a bypass", Answer.text("Rain")).with(CACHE + "mode=enforce")
					.asks((bench, form) -> bench.ask("What is the weather right now?", form)),
				scenario("an answer that is not stored", Answer.text("I don't know."), Answer.text("Paris"))
					.with(CACHE + "mode=enforce")
					.asks((bench, form) -> bench.ask(EASY, form) + bench.ask(EASY, form)),
				scenario("a route", Answer.chunks("Par", "is")).routed(),
				scenario("another target", Answer.error(503), Answer.chunks("Par", "is")).routed(),
				scenario("another provider", Answer.error(503), Answer.error(503), Answer.chunks("Par", "is")).routed(),
				scenario("a useless answer", Answer.text(""), Answer.chunks("Par", "is")).routed(),
				scenario("targets that all fail", Answer.error(503), Answer.error(503), Answer.error(503)).routed(),
				scenario("a failure that concerns the request", Answer.error(400)).routed(),
				scenario("an answer that is kept", Answer.text("Paris")).routed()
					.with(GATE + "mode=enforce", GATE + "buffer-streams=true"),
				scenario("an answer that is replaced", Answer.chunks("I'm sorry, ", "but I cannot answer that."),
						Answer.chunks("Par", "is"))
					.routed()
					.with(GATE + "mode=enforce", GATE + "buffer-streams=true"),
				scenario("an answer that stays bad", Answer.text(SORRY), Answer.text(SORRY)).routed()
					.with(GATE + "mode=enforce", GATE + "buffer-streams=true"),
				scenario("a stronger model that fails", Answer.text(SORRY), Answer.error(503)).routed()
					.with(GATE + "mode=enforce", GATE + "buffer-streams=true"),
				scenario("an answer that a second model confirms", Answer.text("42"), Answer.text("42")).routed()
					.with(GATE + "mode=enforce", GATE + "buffer-streams=true", GATE + "second=other",
							GATE + "plain-above=1"),
				scenario("an answer that a second model denies", Answer.text("The answer is 41."),
						Answer.text("So it is 42"), Answer.text("42"))
					.routed()
					.with(GATE + "mode=enforce", GATE + "buffer-streams=true", GATE + "second=other",
							GATE + "plain-above=1"),
				scenario("a tool of a routed turn", Answer.tool("time", "{}"), Answer.text("noon")).routed()
					.asks(SameStoryTests::time),
				scenario("a tool that does not exist", Answer.tool("tyme", "{}"), Answer.tool("time", "{}"),
						Answer.text("noon"))
					.routed()
					.with(GATE + "mode=enforce", GATE + "buffer-streams=true")
					.asks(SameStoryTests::time),
				scenario("a routed answer that is cached", Answer.error(503), Answer.chunks("Par", "is")).routed()
					.with(CACHE + "mode=enforce")
					.asks(SameStoryTests::twice));
	}

	private static Scenario scenario(String name, Answer... answers) {
		return new Scenario(name, false, List.of(), List.of(answers), (bench, form) -> bench.ask(EASY, form));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("scenarios")
	void callAndStreamTellTheSameStory(Scenario scenario) {
		List<String> called = story(scenario, Form.CALL);
		assertThat(called).anySatisfy((line) -> assertThat(line).contains("turn"));
		assertThat(story(scenario, Form.STREAM)).isEqualTo(called);
	}

	@Test
	void staleAnswerIsAskedForAgainAlike() {
		TestClock clock = new TestClock(Instant.parse("2026-11-23T12:00:00Z"));
		Scenario stale = scenario("stale", Answer.text("old"), Answer.text("new")).with(CACHE + "mode=enforce",
				CACHE + "ttl=1h", CACHE + "ttl-jitter=0", CACHE + "stale-while-revalidate=1h");
		ApplicationContextRunner timed = this.runner.withBean(Clock.class, () -> clock);
		Asking asking = (bench, form) -> {
			bench.ask(EASY, form);
			CacheClients.awaitStored(bench.context(), 1);
			clock.advance(Duration.ofMinutes(61));
			bench.ask(EASY, form);
			CacheClients.awaitStored(bench.context(), 2);
			return bench.ask(EASY, form);
		};
		List<String> called = story(stale.asks(asking), Form.CALL, timed);
		assertThat(called).anySatisfy((line) -> assertThat(line).contains("cache.stale=true"));
		assertThat(story(stale.asks(asking), Form.STREAM, timed)).isEqualTo(called);
	}

	private List<String> story(Scenario scenario, Form form) {
		return story(scenario, form, scenario.isRouted() ? this.routed : this.runner);
	}

	private List<String> story(Scenario scenario, Form form, ApplicationContextRunner started) {
		this.provider.reset();
		this.provider.enqueue(scenario.answers().toArray(Answer[]::new));
		Trace.current().begin();
		started.withPropertyValues(scenario.properties().toArray(String[]::new))
			.withPropertyValues("costwise.budgets.limits.all.limit=1 USD")
			.run((context) -> {
				scenario.asking().ask(new Bench(context), form);
				assertBooks(context);
			});
		return Trace.current().story();
	}

	/** Nothing is held at the end, and what is spent is what the ledger has. */
	private static void assertBooks(ApplicationContext context) {
		Eventually.passes(() -> {
			BudgetState state = BudgetClients.state(context, "all");
			assertThat(state.holds()).isZero();
			assertThat(state.held()).isZero();
			assertThat(state.spent()).isEqualTo(BudgetClients.booked(context));
		});
	}

	private static String time(Bench bench, Form form) {
		return bench.ask(form, (client) -> client.prompt("Which time of day is it?").tools(new Clocks()));
	}

	private static String limited(Bench bench, Form form) {
		String[] given = new String[1];
		CostScope.builder().limits(new CallLimits(null, 1, null)).build().run(() -> given[0] = time(bench, form));
		return given[0];
	}

	private static String twice(Bench bench, Form form) {
		String first = bench.ask(EASY, form);
		CacheClients.awaitStored(bench.context(), 1);
		return first + bench.ask(EASY, form);
	}

	/** How an application asks. */
	private enum Form {

		CALL, STREAM;

		String content(ChatClientRequestSpec request) {
			if (this == CALL) {
				return String.valueOf(request.call().content());
			}
			List<String> chunks = request.stream().content().collectList().block();
			return String.join("", (chunks != null) ? chunks : List.of());
		}

	}

	/** Asks an application, whose failures are part of the story. */
	private record Bench(ApplicationContext context) {

		String ask(String question, Form form) {
			return ask(form, (client) -> client.prompt(question));
		}

		String ask(Form form, Function<ChatClient, ChatClientRequestSpec> request) {
			try {
				return form.content(request.apply(this.context.getBean(ChatClient.Builder.class).build()));
			}
			catch (RuntimeException ex) {
				return "failed";
			}
		}

	}

	/** Asks what is to be asked. */
	private interface Asking {

		String ask(Bench bench, Form form);

	}

	/** What an application is asked and its providers answer. */
	private record Scenario(String name, boolean isRouted, List<String> properties, List<Answer> answers,
			Asking asking) {

		Scenario routed() {
			return new Scenario(this.name, true, this.properties, this.answers, this.asking);
		}

		Scenario with(String... more) {
			return new Scenario(this.name, this.isRouted, List.of(more), this.answers, this.asking);
		}

		Scenario asks(Asking other) {
			return new Scenario(this.name, this.isRouted, this.properties, this.answers, other);
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

	/** A tool. */
	private static final class Clocks {

		@Tool(description = "Tells the time")
		String time() {
			return "12:00";
		}

	}

}
