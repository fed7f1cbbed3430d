package io.github.costwise.advisor;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.RouteMetadata;
import io.github.costwise.advisor.FaultBench.Provider;
import io.github.costwise.cache.Bypass;
import io.github.costwise.cache.admission.Refusal;
import io.github.costwise.cache.response.CacheHit;
import io.github.costwise.cache.response.PolicyCounters;
import io.github.costwise.spi.ModelRouter;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers stay with the model and the server that gave them, in call and stream.
 */
@Timeout(120)
@Tag("chain")
class CacheModelChainTests {

	private final LoopbackProvider one = server("one");

	private final LoopbackProvider two = server("two");

	private final FaultBench bench = new FaultBench(Provider.OPENAI, Provider.ANTHROPIC);

	@AfterEach
	void close() {
		this.one.close();
		this.two.close();
		this.bench.close();
	}

	private static LoopbackProvider server(String name) {
		return new LoopbackProvider().handler((request) -> Answer.text(name));
	}

	static Stream<Arguments> pairs() {
		return Stream
			.of(pair("own models", (test) -> new OwnModel("one"), (test) -> new OwnModel("two"), true),
					pair("built clients", (test) -> ModelIdentitiesTests.built(test.one),
							(test) -> ModelIdentitiesTests.built(test.two), true),
					pair("built clients without beans", (test) -> ModelIdentitiesTests.built(test.one),
							(test) -> ModelIdentitiesTests.built(test.two), false),
					pair("Ollama", (test) -> LoopbackModels.ollama(test.one), (test) -> LoopbackModels.ollama(test.two),
							true),
					pair("Ollama without beans", (test) -> LoopbackModels.ollama(test.one),
							(test) -> LoopbackModels.ollama(test.two), false),
					pair("Google without beans", (test) -> LoopbackModels.google(test.one),
							(test) -> LoopbackModels.google(test.two), false),
					pair("Anthropic without beans", (test) -> LoopbackModels.anthropic(test.one),
							(test) -> LoopbackModels.anthropic(test.two), false))
			.flatMap((pair) -> Stream.of(false, true).map((streamed) -> {
				Object[] arguments = Arrays.copyOf(pair.get(), 5);
				arguments[4] = streamed;
				return Arguments.of(arguments);
			}));
	}

	private static Arguments pair(String name, Function<CacheModelChainTests, ChatModel> first,
			Function<CacheModelChainTests, ChatModel> second, boolean beans) {
		return Arguments.of(name, first, second, beans);
	}

	@ParameterizedTest(name = "{0}, beans {3}, streamed {4}")
	@MethodSource("pairs")
	void twoModelsShareNothing(String name, Function<CacheModelChainTests, ChatModel> first,
			Function<CacheModelChainTests, ChatModel> second, boolean beans, boolean streamed) {
		ChatModel one = first.apply(this);
		ChatModel two = second.apply(this);
		ApplicationContextRunner runner = runner();
		if (beans) {
			runner = beans(one, two);
		}
		runner.run((context) -> {
			for (int i = 1; i <= 2; i++) {
				assertThat(ask(client(context, one), streamed)).isEqualTo("one");
				assertThat(ask(client(context, two), streamed)).isEqualTo("two");
				CacheClients.awaitStored(context, 2);
			}
			assertThat(hits(context)).isEqualTo(2);
		});
	}

	private static long hits(ApplicationContext context) {
		PolicyCounters counters = CacheClients.counters(context);
		return counters.hits(CacheHit.HitKind.EXACT) + counters.hits(CacheHit.HitKind.SHARED);
	}

	private static ApplicationContextRunner runner() {
		return CostwiseRunner.create()
			.withPropertyValues(CacheClients.POLICY + "mode=enforce", CacheClients.POLICY + "accept-unmarked-ends=true",
					"spring.ai.chat.client.enabled=false");
	}

	private static ApplicationContextRunner beans(ChatModel first, ChatModel second) {
		return runner().withBean("first", ChatModel.class, () -> first)
			.withBean("second", ChatModel.class, () -> second)
			.withPropertyValues("costwise.chat.default-model=first");
	}

	private static ChatClient client(ApplicationContext context, ChatModel model) {
		return context.getBean(ChatClientManager.class).manage(ChatClient.create(model));
	}

	private static String ask(ChatClient client, boolean streamed) {
		return FaultBench.answer(client.prompt("Who are you?"), streamed).text();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void ownModelThatIsNoBeanIsNeverAnsweredFromTheCache(boolean streamed) {
		runner().run((context) -> {
			assertThat(ask(client(context, new OwnModel("one")), streamed)).isEqualTo("one");
			assertThat(ask(client(context, new OwnModel("two")), streamed)).isEqualTo("two");
			assertThat(CacheClients.counters(context).bypasses(Bypass.MODEL_UNKNOWN)).isEqualTo(2);
			assertThat(CacheClients.counters(context).storedAnswers()).isZero();
		});
	}

	@Test
	void beansThatTheApplicationCallsTheSameShare() {
		ChatModel first = new OwnModel("one");
		ChatModel second = new OwnModel("two");
		beans(first, second)
			.withPropertyValues("costwise.chat.identities.first=farm", "costwise.chat.identities.second=farm")
			.run((context) -> {
				assertThat(ask(client(context, first), false)).isEqualTo("one");
				CacheClients.awaitStored(context, 1);
				assertThat(ask(client(context, second), false)).isEqualTo("one");
			});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void answerOfATargetThatTookOverIsNotThatOfTheOwnModel(boolean streamed) {
		this.bench.server().enqueue(Answer.error(500), Answer.text("peer"), Answer.text("own"));
		this.bench.runner()
			.withPropertyValues("costwise.policies.default.routing.mode=off", CacheClients.POLICY + "mode=enforce")
			.run((context) -> {
				assertThat(FaultBench.ask(FaultBench.client(context), "q", streamed).text()).isEqualTo("peer");
				assertThat(CacheClients.counters(context).refusals(Refusal.OTHER_MODEL)).isOne();
				assertThat(FaultBench.ask(FaultBench.client(context), "q", streamed).text()).isEqualTo("own");
				CacheClients.awaitStored(context, 1);
				assertThat(FaultBench.ask(FaultBench.client(context), "q", streamed).text()).isEqualTo("own");
			});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void targetThatIsAskedForAnswersForItselfOnly(boolean streamed) {
		this.bench.server().handler((request) -> Answer.text(request.model()));
		this.bench.runner().withPropertyValues(CacheClients.POLICY + "mode=enforce").run((context) -> {
			for (int i = 1; i <= 2; i++) {
				assertThat(pinned(context, "openAi/gpt-5-mini", streamed)).isEqualTo("gpt-5-mini");
				assertThat(pinned(context, "anthropic/claude-haiku-4-5", streamed)).isEqualTo("claude-haiku-4-5");
				CacheClients.awaitStored(context, 2);
			}
			assertThat(hits(context)).isEqualTo(2);
		});
	}

	private static String pinned(ApplicationContext context, String target, boolean streamed) {
		return FaultBench
			.answer(FaultBench.client(context)
				.prompt("question-pinned")
				.advisors((advisors) -> advisors.param(RouteMetadata.TARGET_PARAMETER, target)), streamed)
			.text();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void answerOfTheOwnModelIsNotOneOfARouterThatFailed(boolean streamed) {
		this.bench.server().handler((request) -> Answer.text("own"));
		ModelRouter failing = (request) -> {
			throw new IllegalStateException("no idea");
		};
		this.bench.runner()
			.withBean(ModelRouter.class, () -> failing)
			.withPropertyValues(CacheClients.POLICY + "mode=enforce",
					"costwise.policies.default.fallback.enabled=false")
			.run((context) -> {
				assertThat(FaultBench.ask(FaultBench.client(context), "q", streamed).text()).isEqualTo("own");
				assertThat(CacheClients.counters(context).refusals(Refusal.OTHER_MODEL)).isOne();
			});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void clientOfAnotherBeanKeepsToItsServer(boolean streamed) {
		this.bench.server().handler((request) -> Answer.text("table"));
		this.bench.runner()
			.withBean("elsewhere", ChatModel.class, () -> LoopbackModels.openAi(this.one))
			.withPropertyValues("costwise.policies.default.routing.mode=off", CacheClients.POLICY + "mode=enforce")
			.run((context) -> {
				ChatClient elsewhere = client(context, context.getBean("elsewhere", ChatModel.class));
				assertThat(ask(elsewhere, streamed)).isEqualTo("one");
				assertThat(ask(FaultBench.client(context), streamed)).isEqualTo("table");
				assertThat(ask(elsewhere, streamed)).isEqualTo("one");
				assertThat(List.of(this.one.requests().size(), this.bench.server().requests().size()))
					.containsExactly(1, 1);
			});
	}

}
