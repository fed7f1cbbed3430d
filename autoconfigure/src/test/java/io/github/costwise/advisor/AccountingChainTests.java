package io.github.costwise.advisor;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;

import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.converter.BeanOutputConverter;
import org.springframework.ai.document.Document;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.rag.advisor.RetrievalAugmentationAdvisor;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.costwise.CallLimits;
import io.github.costwise.CostLimitExceededException;
import io.github.costwise.CostScope;
import io.github.costwise.Money;
import io.github.costwise.accounting.usage.Providers;
import io.github.costwise.advisor.openai.OpenAiAttempts;
import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.Outcome;
import io.github.costwise.model.CallRecord.Purpose;
import io.github.costwise.model.CallRecord.UsageSource;
import io.github.costwise.model.PriceState;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.spi.TokenCounter;
import io.github.costwise.spi.UsageLedger.LedgerEvent;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.Fault;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatRuntimeException;

/**
 * Every billed call of a turn is in the ledger once, with its own usage, on the real
 * clients of four providers.
 */
@Tag("chain")
class AccountingChainTests {

	private final LoopbackProvider server = new LoopbackProvider();

	@AfterEach
	void close() {
		this.server.close();
	}

	@ParameterizedTest
	@EnumSource(Provider.class)
	void call(Provider provider) {
		this.server.enqueue(Answer.text("hi").usage(provider.usage(100, 7)));
		run(provider, (client, context) -> {
			assertThat(client.prompt("Q").call().content()).isEqualTo("hi");
			assertThat(units(only(context))).containsExactly(100L, 7L);
			assertThat(only(context).target().provider()).isEqualTo(provider.id);
		});
	}

	@ParameterizedTest
	@EnumSource(Provider.class)
	void stream(Provider provider) {
		this.server.enqueue(Answer.chunks("a", "b", "c").usage(provider.usage(100, 7)));
		run(provider, (client, context) -> {
			assertThat(text(client.prompt("Q").stream().content())).isEqualTo("abc");
			assertThat(units(only(context))).containsExactly(100L, 7L);
			assertThat(only(context).usage().source()).isEqualTo(UsageSource.REPORTED);
			assertThat(only(context).timing().timeToFirstToken()).isPositive();
		});
	}

	@ParameterizedTest
	@EnumSource(Provider.class)
	void toolRounds(Provider provider) {
		this.server.enqueue(Answer.tool("status", "{}").usage(provider.usage(100, 7)),
				Answer.text("done").usage(provider.usage(200, 9)));
		run(provider, (client, context) -> {
			assertThat(client.prompt("Q").tools(new StatusTool()).call().content()).isEqualTo("done");
			assertRounds(context);
		});
	}

	@ParameterizedTest
	@EnumSource(Provider.class)
	void streamedToolRounds(Provider provider) {
		this.server.enqueue(Answer.tool("status", "{}").usage(provider.usage(100, 7)),
				Answer.chunks("do", "ne").usage(provider.usage(200, 9)));
		run(provider, (client, context) -> {
			assertThat(text(client.prompt("Q").tools(new StatusTool()).stream().content())).isEqualTo("done");
			assertRounds(context);
		});
	}

	private void assertRounds(ApplicationContext context) {
		List<CallRecord> calls = CostwiseRunner.calls(context);
		assertThat(calls).extracting(CallRecord::purpose).containsExactly(Purpose.ANSWER, Purpose.TOOL_ROUND);
		assertThat(units(calls.get(0))).containsExactly(100L, 7L);
		assertThat(units(calls.get(1))).containsExactly(200L, 9L);
		TurnRecord turn = CostwiseRunner.events(context).get(0).turn();
		assertThat(turn.cost().calls()).isEqualTo(2);
		assertThat(turn.cost().amount()).isEqualTo(calls.get(0).price().amount().plus(calls.get(1).price().amount()));
	}

	@ParameterizedTest
	@EnumSource(Provider.class)
	void validationRepeats(Provider provider) {
		this.server.enqueue(Answer.text("no json").usage(provider.usage(100, 7)),
				Answer.text("{\"name\":\"Ada\"}").usage(provider.usage(120, 8)));
		run(provider, (client, context) -> {
			assertThat(client.prompt("Q").call().entity(Person.class, (entity) -> entity.validateSchema()))
				.isEqualTo(new Person("Ada"));
			assertThat(CostwiseRunner.calls(context)).extracting(CallRecord::purpose)
				.containsExactly(Purpose.ANSWER, Purpose.RETRY);
		});
	}

	@ParameterizedTest
	@EnumSource(Provider.class)
	void memoryAndRetrieval(Provider provider) {
		this.server.enqueue(Answer.text("one"), Answer.chunks("t", "wo"));
		run(provider, (client, context) -> {
			ChatMemory memory = MessageWindowChatMemory.builder().build();
			ChatClient remembering = client.mutate()
				.defaultAdvisors(MessageChatMemoryAdvisor.builder(memory).build(),
						RetrievalAugmentationAdvisor.builder()
							.documentRetriever((query) -> List.of(new Document("fact")))
							.build())
				.defaultAdvisors((advisors) -> advisors.param(ChatMemory.CONVERSATION_ID, "1"))
				.build();
			remembering.prompt("Q1").call().content();
			text(remembering.prompt("Q2").stream().content());
			assertThat(CostwiseRunner.events(context)).hasSize(2)
				.allSatisfy((event) -> assertThat(event.calls()).hasSize(1));
			assertThat(memory.get("1")).hasSize(4);
		});
	}

	@ParameterizedTest
	@EnumSource(Provider.class)
	void failure(Provider provider) {
		this.server.enqueue(Answer.error(500));
		run(provider, (client, context) -> {
			assertThatRuntimeException().isThrownBy(() -> client.prompt("Q").call().content());
			assertThat(only(context).outcome()).isEqualTo(Outcome.FAILED);
			assertThat(only(context).usage().source()).isEqualTo(UsageSource.NONE);
			assertThat(only(context).price().amount()).isEqualTo(Money.ZERO);
			assertThat(CostwiseRunner.events(context).get(0).turn().outcome()).isEqualTo(TurnRecord.TurnOutcome.FAILED);
		});
	}

	@ParameterizedTest
	@EnumSource(Provider.class)
	void cancelledStreamIsEstimated(Provider provider) {
		Semaphore gate = new Semaphore(3);
		this.server.enqueue(Answer.chunks("alpha ", "beta ", "gamma ", "delta ").gate(gate));
		run(provider, (client, context) -> {
			assertThat(client.prompt("A question of some length")
				.stream()
				.content()
				.doFinally((signal) -> gate.release(100))
				.blockFirst()).isEqualTo("alpha ");
			CallRecord call = only(context);
			assertThat(call.outcome()).isEqualTo(Outcome.CANCELLED);
			assertThat(call.usage().source()).isIn(UsageSource.ESTIMATED, UsageSource.PARTLY_ESTIMATED);
			assertThat(call.usage().tokens().promptTokens()).isPositive();
			assertThat(call.usage().tokens().outputTokens()).isPositive();
			assertThat(call.price().state()).isIn(PriceState.ESTIMATED, PriceState.FREE);
			assertThat(CostwiseRunner.events(context).get(0).turn().outcome())
				.isEqualTo(TurnRecord.TurnOutcome.CANCELLED);
		});
	}

	@ParameterizedTest
	@EnumSource(value = Provider.class, names = { "OPENAI", "ANTHROPIC" })
	void streamCutByTheServerIsEstimated(Provider provider) {
		this.server.enqueue(Answer.chunks("alpha ", "beta ", "gamma ").fault(Fault.cutAfter(3)));
		run(provider, (client, context) -> {
			assertThatRuntimeException().isThrownBy(() -> client.prompt("Q").stream().content().blockLast());
			CallRecord call = only(context);
			assertThat(call.outcome()).isEqualTo(Outcome.FAILED);
			assertThat(call.usage().tokens().outputTokens()).isPositive();
			assertThat(call.usage().source()).isIn(UsageSource.ESTIMATED, UsageSource.PARTLY_ESTIMATED);
		});
	}

	@Test
	void estimateCountsTheOutputFormatThatIsAddedBelow() {
		this.server.enqueue(Answer.text("{\"name\":\"Ada\"}").withoutUsage(), Answer.text("Ada").withoutUsage());
		run(Provider.OPENAI, (client, context) -> {
			client.prompt("Q").call().entity(Person.class);
			client.prompt("Q").call().content();
			List<Long> prompts = CostwiseRunner.calls(context)
				.stream()
				.map((call) -> call.usage().tokens().promptTokens())
				.toList();
			String format = new BeanOutputConverter<>(Person.class).getFormat();
			assertThat(prompts.get(0) - prompts.get(1))
				.isEqualTo(context.getBean(TokenCounter.class).count(format, "gpt-5-mini"))
				.isGreaterThan(50);
		});
	}

	@Test
	void zerosThatCannotBeAreCounted() {
		String zeros = Provider.OPENAI.usage(0, 0);
		String noPrompt = Provider.OPENAI.usage(0, 7);
		this.server.enqueue(Answer.text("an answer").usage(zeros), Answer.chunks("an ", "answer").usage(zeros),
				Answer.text("an answer").usage(noPrompt), Answer.chunks("an ", "answer").usage(noPrompt));
		run(Provider.OPENAI, (client, context) -> {
			for (int i = 0; i < 2; i++) {
				client.prompt("Question").call().content();
				text(client.prompt("Question").stream().content());
			}
			List<CallRecord> calls = CostwiseRunner.calls(context);
			assertThat(calls).hasSize(4).allSatisfy((call) -> {
				assertThat(call.price().state()).isEqualTo(PriceState.ESTIMATED);
				assertThat(call.usage().tokens().promptTokens()).isPositive();
				assertThat(call.usage().tokens().outputTokens()).isPositive();
			});
			assertThat(calls.subList(2, 4)).allMatch((call) -> call.usage().tokens().outputTokens() == 7);
		});
	}

	@Test
	void answerWithoutUsageIsEstimated() {
		this.server.enqueue(Answer.text("an answer").withoutUsage(), Answer.chunks("an ", "answer").withoutUsage());
		run(Provider.OPENAI, (client, context) -> {
			client.prompt("Q").call().content();
			text(client.prompt("Q").stream().content());
			assertThat(CostwiseRunner.calls(context)).hasSize(2).allSatisfy((call) -> {
				assertThat(call.usage().source()).isEqualTo(UsageSource.ESTIMATED);
				assertThat(call.price().state()).isEqualTo(PriceState.ESTIMATED);
				assertThat(call.usage().tokens().outputTokens()).isPositive();
			});
		});
	}

	@ParameterizedTest
	@EnumSource(value = Provider.class, names = { "OPENAI", "ANTHROPIC" })
	void limitOnOutputReachesTheProvider(Provider provider) {
		this.server.enqueue(Answer.text("a"), Answer.text("b"));
		run(provider, (client, context) -> {
			CostScope scope = CostScope.builder().limits(new CallLimits(77, null, null)).build();
			scope.run(() -> client.prompt("Q").call().content());
			assertThat(this.server.requests().get(0).body().toString()).contains(":77");
		});
	}

	@Test
	void limitOnCallsStopsTheToolLoop() {
		this.server.handler((request) -> Answer.tool("status", "{}"));
		run(Provider.OPENAI, (client, context) -> {
			CostScope scope = CostScope.builder().feature("loop").limits(new CallLimits(null, 3, null)).build();
			assertThatExceptionOfType(CostLimitExceededException.class)
				.isThrownBy(() -> scope.run(() -> client.prompt("Q").tools(new StatusTool()).call().content()))
				.withMessageContaining("'loop'")
				.withMessageContaining("3 calls");
			assertThat(CostwiseRunner.calls(context)).hasSize(3);
			assertThat(this.server.requests()).hasSize(3);
		});
	}

	@Test
	void limitOnCostStopsTheToolLoop() {
		this.server.handler((request) -> Answer.tool("status", "{}").usage(Provider.OPENAI.usage(1_000_000, 0)));
		run(Provider.OPENAI, (client, context) -> {
			CostScope scope = CostScope.builder().limits(new CallLimits(null, null, Money.ofNanos(10_000_000))).build();
			assertThatExceptionOfType(CostLimitExceededException.class)
				.isThrownBy(() -> scope.run(() -> client.prompt("Q").tools(new StatusTool()).call().content()));
			assertThat(CostwiseRunner.calls(context)).hasSize(1);
		});
	}

	@Test
	void cachedTokensOfAStreamAreKept() {
		this.server.enqueue(Answer.chunks("a", "b")
			.usage("{\"prompt_tokens\":2000,\"completion_tokens\":5,\"total_tokens\":2005,"
					+ "\"prompt_tokens_details\":{\"cached_tokens\":1024}}"));
		run(Provider.OPENAI, (client, context) -> {
			text(client.prompt("Q").stream().content());
			assertThat(only(context).usage().tokens().get(BilledUnit.INPUT)).isEqualTo(976);
			assertThat(only(context).usage().tokens().get(BilledUnit.CACHE_READ)).isEqualTo(1024);
		});
	}

	@Test
	void answerBrokenAfterItWasAcceptedIsEstimatedByItsPrompt() {
		CostwiseRunner.create()
			.withUserConfiguration(AttemptsSeen.class)
			.withBean("server", LoopbackProvider.class, () -> this.server)
			.run((context) -> {
				ChatClient client = context.getBean(ChatClient.Builder.class).build();
				this.server.enqueue(Answer.tool("status", "{}").fault(Fault.cutAfter(1)), Answer.text("x").malformed());
				assertThatRuntimeException().isThrownBy(() -> text(client.prompt("Q").stream().content()));
				assertThatRuntimeException().isThrownBy(() -> client.prompt("Q").call().content());
				assertThat(CostwiseRunner.calls(context)).hasSize(2).allSatisfy((call) -> {
					assertThat(call.outcome()).isEqualTo(Outcome.FAILED);
					assertThat(call.usage().source()).isEqualTo(UsageSource.ESTIMATED);
					assertThat(call.usage().tokens().promptTokens()).isPositive();
				});
			});
	}

	@Test
	void processingClassComesFromTheRequestWhereTheClientDropsIt() {
		this.server.enqueue(Answer.text("a").usage(Provider.OPENAI.usage(1000, 100)),
				Answer.text("a").usage(Provider.OPENAI.usage(1000, 100)));
		run(Provider.OPENAI, (client, context) -> {
			client.prompt("Q").call().content();
			client.prompt("Q").options(OpenAiChatOptions.builder().serviceTier("flex")).call().content();
			List<CallRecord> calls = CostwiseRunner.calls(context);
			assertThat(calls.get(0).price().state()).isEqualTo(PriceState.EXACT);
			assertThat(calls.get(1).target().serviceTier()).isEqualTo(ServiceTier.FLEX);
			assertThat(calls.get(1).price().state()).isEqualTo(PriceState.ESTIMATED);
			assertThat(calls.get(1).price().amount()).isLessThan(calls.get(0).price().amount());
		});
	}

	@Test
	void aRegionThatIsAskedForMakesThePriceAnEstimate() {
		String usage = Provider.ANTHROPIC.usage(1000, 100);
		this.server.enqueue(Answer.text("a").usage(usage), Answer.chunks("a", "b").usage(usage),
				Answer.text("a").usage(usage), Answer.chunks("a", "b").usage(usage));
		run(Provider.ANTHROPIC, (client, context) -> {
			client.prompt("Q").call().content();
			text(client.prompt("Q").stream().content());
			client.prompt("Q").options(AnthropicChatOptions.builder().inferenceGeo("us")).call().content();
			text(client.prompt("Q").options(AnthropicChatOptions.builder().inferenceGeo("us")).stream().content());
			assertThat(CostwiseRunner.calls(context)).extracting((call) -> call.price().state())
				.containsExactly(PriceState.EXACT, PriceState.EXACT, PriceState.ESTIMATED, PriceState.ESTIMATED);
		});
	}

	@Test
	void atAnUnknownHostTheNameOfTheModelPricesAnEstimate() {
		this.server.handler((request) -> Answer.text("a").usage(Provider.OPENAI.usage(1000, 100)));
		CostwiseRunner.create()
			.withBean("model", ChatModel.class, () -> Provider.OPENAI.model.apply(this.server))
			.run((context) -> {
				ChatClient client = context.getBean(ChatClient.Builder.class).build();
				client.prompt("Q").call().content();
				client.prompt("Q").stream().content().collectList().block();
				client.prompt("Q").options(OpenAiChatOptions.builder().model("my-own-llama")).call().content();
				List<CallRecord> calls = CostwiseRunner.calls(context);
				assertThat(calls).extracting((call) -> call.target().provider()).containsOnly(Providers.UNKNOWN);
				assertThat(calls).extracting((call) -> call.price().state())
					.containsExactly(PriceState.ESTIMATED, PriceState.ESTIMATED, PriceState.UNKNOWN);
				assertThat(calls.get(0).price().amount()).isEqualTo(Money.ofNanos(450_000));
				assertThat(calls.get(1).price().amount()).isEqualTo(Money.ofNanos(450_000));
			});
	}

	private void run(Provider provider, Scenario test) {
		CostwiseRunner.create()
			.withPropertyValues("costwise.accounting.providers.[127.0.0.1]=openai")
			.withBean("model", ChatModel.class, () -> provider.model.apply(this.server))
			.run((context) -> test.accept(context.getBean(ChatClient.Builder.class).build(), context));
	}

	private static CallRecord only(ApplicationContext context) {
		List<LedgerEvent> events = CostwiseRunner.events(context);
		assertThat(events).hasSize(1);
		assertThat(events.get(0).calls()).hasSize(1);
		return events.get(0).calls().get(0);
	}

	private static List<Long> units(CallRecord call) {
		return List.of(call.usage().tokens().promptTokens(), call.usage().tokens().outputTokens());
	}

	private static String text(Flux<String> flux) {
		return String.join("", flux.collectList().block(Duration.ofSeconds(20)));
	}

	@Configuration(proxyBeanMethods = false)
	static class AttemptsSeen {

		@Bean
		ChatModel model(LoopbackProvider server, OpenAiAttempts attempts) {
			return LoopbackModels.openAi(server, (options) -> options, ObservationRegistry.NOOP, List.of(attempts));
		}

	}

	record Person(String name) {

	}

	static class StatusTool {

		@Tool(description = "Order status")
		String status() {
			return "shipped";
		}

	}

	interface Scenario {

		void accept(ChatClient client, ApplicationContext context);

	}

	enum Provider {

		OPENAI("openai", LoopbackModels::openAi, "{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d}"),

		ANTHROPIC("anthropic", LoopbackModels::anthropic, "{\"input_tokens\":%d,\"output_tokens\":%d}"),

		GOOGLE("google", LoopbackModels::google,
				"{\"promptTokenCount\":%d,\"candidatesTokenCount\":%d,\"totalTokenCount\":%d}"),

		OLLAMA("ollama", LoopbackModels::ollama, "{\"prompt_eval_count\":%d,\"eval_count\":%d}");

		private final String id;

		private final Function<LoopbackProvider, ChatModel> model;

		private final String usage;

		Provider(String id, Function<LoopbackProvider, ChatModel> model, String usage) {
			this.id = id;
			this.model = model;
			this.usage = usage;
		}

		String usage(int input, int output) {
			return this.usage.formatted(input, output, input + output);
		}

	}

}
