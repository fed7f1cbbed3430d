package io.github.costwise.advisor;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.CostMetadata;
import io.github.costwise.CostScope;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What responses tell of their cost, on real clients.
 */
@Timeout(60)
@Tag("chain")
class CostMetadataChainTests {

	private final LoopbackProvider provider = new LoopbackProvider();

	private final ApplicationContextRunner runner = CostwiseRunner.create()
		.withPropertyValues("costwise.accounting.providers.[127.0.0.1]=openai");

	@AfterEach
	void close() {
		this.provider.close();
	}

	private void run(String model, CostwiseRunner.ContextConsumer test, String... properties) {
		this.runner.withPropertyValues(properties)
			.withBean("model", ChatModel.class,
					() -> model.equals("openai") ? LoopbackModels.openAi(this.provider)
							: LoopbackModels.anthropic(this.provider))
			.run(test::accept);
	}

	private static ChatClient client(ApplicationContext context) {
		return context.getBean(ChatClient.Builder.class).build();
	}

	private static void assertTells(ChatResponse response, ApplicationContext context) {
		TurnRecord turn = CostwiseRunner.events(context).get(0).turn();
		assertThat(response.getMetadata().<BigDecimal>get(CostMetadata.AMOUNT))
			.isEqualByComparingTo(turn.cost().amount().toUsd())
			.isPositive();
		assertThat(response.getMetadata().<String>get(CostMetadata.TURN)).isEqualTo(turn.id());
		assertThat(response.getMetadata().<String>get(CostMetadata.STATE))
			.isEqualTo(CostwiseRunner.calls(context).get(0).price().state().name());
		assertThat(response.getMetadata().<Long>get(CostMetadata.TOKENS)).isEqualTo(CostwiseRunner.calls(context)
			.stream()
			.mapToLong((call) -> call.usage().tokens().promptTokens() + call.usage().tokens().outputTokens())
			.sum());
		assertThat(response.getMetadata().<BigDecimal>get(CostMetadata.SAVED))
			.isEqualByComparingTo(turn.cost().saved().total().toUsd());
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai", "anthropic" })
	void answerTellsWhatItsTurnCost(String model) {
		this.provider.enqueue(Answer.text("done"));
		run(model, (context) -> {
			ChatResponse response = client(context).prompt("Q").call().chatResponse();
			assertTells(response, context);
			assertThat(response.getResult().getOutput().getText()).isEqualTo("done");
			assertThat(response.getMetadata().getUsage().getTotalTokens()).isPositive();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai", "anthropic" })
	void lastChunkOfAStreamTellsWhatItsTurnCost(String model) {
		this.provider.enqueue(Answer.tool("status", "{}"), Answer.chunks("do", "ne"));
		run(model, (context) -> {
			List<ChatResponse> chunks = client(context).prompt("Q")
				.tools(new Status())
				.stream()
				.chatResponse()
				.collectList()
				.block();
			assertThat(CostwiseRunner.calls(context)).hasSize(2);
			assertTells(chunks.get(chunks.size() - 1), context);
			assertThat(chunks).filteredOn((chunk) -> chunk.getMetadata().containsKey(CostMetadata.AMOUNT)).hasSize(1);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai", "anthropic" })
	void contentAndEntitiesAreAsBefore(String model) {
		this.provider.enqueue(Answer.chunks("do", "ne"), Answer.chunks("do", "ne").withoutUsage(),
				Answer.text("{\"name\":\"Moon\"}"));
		run(model, (context) -> {
			assertThat(client(context).prompt("Q").stream().content().collectList().block()).containsExactly("do",
					"ne");
			assertThat(client(context).prompt("Q").stream().content().collectList().block()).containsExactly("do",
					"ne");
			assertThat(client(context).prompt("Q").call().entity(Body.class)).isEqualTo(new Body("Moon"));
		});
	}

	@Test
	void hitCostsNothingAndTellsWhatItSaved() {
		this.provider.enqueue(Answer.text("done"));
		run("openai", (context) -> {
			CostScope scope = CostScope.builder().tenant("acme").user("ann").build();
			List<ChatResponse> responses = new ArrayList<>();
			scope.run(() -> {
				responses.add(client(context).prompt("Q").call().chatResponse());
				responses.add(client(context).prompt("Q").call().chatResponse());
			});
			BigDecimal paid = responses.get(0).getMetadata().get(CostMetadata.AMOUNT);
			assertThat(responses.get(1).getMetadata().<BigDecimal>get(CostMetadata.AMOUNT)).isZero();
			assertThat(responses.get(1).getMetadata().<BigDecimal>get(CostMetadata.SAVED)).isEqualByComparingTo(paid);
			assertThat(responses.get(1).getMetadata().<String>get(CostMetadata.STATE)).isEqualTo("EXACT");
			assertThat(this.provider.requests()).hasSize(1);
		}, "costwise.policies.default.cache.mode=enforce");
	}

	@Test
	void nothingIsAddedWhereCostwiseOnlyObserves() {
		this.provider.enqueue(Answer.text("done"), Answer.chunks("do", "ne"));
		run("openai", (context) -> {
			ChatResponse whole = client(context).prompt("Q").call().chatResponse();
			assertThat(whole.getMetadata().containsKey(CostMetadata.AMOUNT)).isFalse();
			assertThat(client(context).prompt("Q").stream().chatResponse().collectList().block())
				.noneMatch((chunk) -> chunk.getMetadata().containsKey(CostMetadata.AMOUNT));
		}, "costwise.mode=observe");
	}

	private record Body(String name) {

	}

	static final class Status {

		@Tool(description = "Tells the status")
		String status() {
			return "fine";
		}

	}

}
