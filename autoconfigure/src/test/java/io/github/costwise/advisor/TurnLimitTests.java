package io.github.costwise.advisor;

import java.math.BigDecimal;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClient.ChatClientRequestSpec;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.CallLimits;
import io.github.costwise.CostLimitExceededException;
import io.github.costwise.CostMetadata;
import io.github.costwise.CostScope;
import io.github.costwise.Money;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;
import io.github.costwise.testsupport.LoopbackRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a turn may cost: held before each of its calls, with a share for an answer.
 */
@Timeout(60)
@Tag("chain")
class TurnLimitTests {

	private static final String USAGE = BudgetClients.usage(8, 1900);

	private final LoopbackProvider provider = new LoopbackProvider();

	@AfterEach
	void close() {
		this.provider.close();
	}

	private static CostScope limited(String usd) {
		return CostScope.builder().limits(new CallLimits(null, null, Money.ofUsd(new BigDecimal(usd)))).build();
	}

	private static ChatResponse ask(ChatClientRequestSpec request, boolean streamed) {
		ChatResponse last = streamed ? request.stream().chatResponse().blockLast() : request.call().chatResponse();
		assertThat(last).isNotNull();
		return last;
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void lastCallThatALimitAllowsAnswersWithoutTools(boolean streamed) {
		this.provider.handler((request) -> request.body().path("tools").isEmpty() ? Answer.text("yes").usage(USAGE)
				: Answer.tool("look", "{}").usage(USAGE));
		BudgetClients.runner(this.provider).run((context) -> {
			ChatResponse answer = limited("0.10").get(
					() -> ask(client(context).prompt("Hello?").tools(new Looking()).options(BudgetClients.asking(1900)),
							streamed));
			assertThat(this.provider.requests()).hasSize(5);
			assertThat(answer.getMetadata().<Boolean>get(CostMetadata.FINISHED_BY_LIMIT)).isTrue();
			assertThat(answer.getMetadata().<BigDecimal>get(CostMetadata.AMOUNT)).isEqualByComparingTo("0.09504");
			assertThat(BudgetClients.booked(context)).isEqualTo(95_040_000);
		});
	}

	/** It must go on naming the tools that were called before. */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void anthropicMustNotCallTools(boolean streamed) {
		String usage = "{\"input_tokens\":8,\"output_tokens\":1900}";
		this.provider.handler(
				(request) -> (mayCallTools(request) ? Answer.tool("look", "{}") : Answer.text("yes")).usage(usage));
		ApplicationContextRunner runner = CostwiseRunner.create()
			.withBean("claude", ChatModel.class, () -> LoopbackModels.anthropic(this.provider))
			.withPropertyValues("costwise.accounting.providers[127.0.0.1]=anthropic",
					"costwise.pricing.models[0].provider=anthropic", "costwise.pricing.models[0].model=p",
					"costwise.pricing.models[0].input=1", "costwise.pricing.models[0].output=10");
		runner.run((context) -> {
			ChatResponse answer = limited("0.10").get(() -> ask(client(context).prompt("Hello?")
				.tools(new Looking())
				.options(AnthropicChatOptions.builder().model("p").maxTokens(1900)), streamed));
			assertThat(answer.getMetadata().<Boolean>get(CostMetadata.FINISHED_BY_LIMIT)).isTrue();
			LoopbackRequest last = this.provider.requests().get(this.provider.requests().size() - 1);
			assertThat(last.body().path("tools")).isNotEmpty();
			assertThat(BudgetClients.booked(context)).isEqualTo(95_040_000);
		});
	}

	/** Its client sends 4,096 where nobody says anything, which is no wish. */
	@Test
	void limitThatAClientSendsByItselfMakesNoCallTooLarge() {
		this.provider.handler((request) -> Answer.text("yes").usage("{\"input_tokens\":8,\"output_tokens\":100}"));
		CostwiseRunner.create()
			.withBean("claude", ChatModel.class, () -> LoopbackModels.anthropic(this.provider))
			.withPropertyValues("costwise.accounting.providers[127.0.0.1]=anthropic",
					"costwise.pricing.models[0].provider=anthropic", "costwise.pricing.models[0].model=p",
					"costwise.pricing.models[0].input=1", "costwise.pricing.models[0].output=10",
					"costwise.budgets.limits.all.limit=0.03 USD")
			.run((context) -> {
				ask(client(context).prompt("Hello?").options(AnthropicChatOptions.builder().model("p")), false);
				assertThat(this.provider.requests().get(0).body().path("max_tokens").asInt()).isBetween(100, 2048);
			});
	}

	private static boolean mayCallTools(LoopbackRequest request) {
		return !"none".equals(request.body().path("tool_choice").path("type").asString(""));
	}

	@Test
	void callThatDoesNotFitIsNotSent() {
		BudgetClients.runner(this.provider)
			.run((context) -> assertThatExceptionOfType(CostLimitExceededException.class)
				.isThrownBy(() -> limited("0.01").run(() -> BudgetClients.ask(context)))
				.withMessageContaining("maxCost 0.010000000 USD"));
		assertThat(this.provider.requests()).isEmpty();
	}

	private static ChatClient client(ApplicationContext context) {
		return context.getBean(ChatClient.Builder.class).build();
	}

	/** A tool. */
	static final class Looking {

		@Tool(description = "Looks")
		String look() {
			return "nothing";
		}

	}

}
