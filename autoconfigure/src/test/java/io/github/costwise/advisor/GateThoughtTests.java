package io.github.costwise.advisor;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientAttributes;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.converter.BeanOutputConverter;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.AnswerBodies;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;
import io.github.costwise.testsupport.LoopbackRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The gate judges the answer and not the thought before it, in calls and in streams.
 */
@Timeout(60)
@Tag("chain")
class GateThoughtTests {

	private static final String THOUGHT = "{\"type\":\"thinking\",\"thinking\":\"I cannot answer at once\","
			+ "\"signature\":\"c2ln\"}";

	private final LoopbackProvider provider = new LoopbackProvider();

	private final ApplicationContextRunner runner = CostwiseRunner.create()
		.withBean("anthropic", ChatModel.class, () -> LoopbackModels.anthropic(this.provider))
		.withPropertyValues("costwise.routing.tiers.light.targets[0].model=claude-haiku-4-5",
				"costwise.routing.tiers.premium.targets[0].model=claude-opus-4-5",
				"costwise.policies.default.routing.mode=enforce", "costwise.policies.default.gate.mode=enforce",
				"costwise.policies.default.gate.buffer-streams=true");

	@AfterEach
	void close() {
		this.provider.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void validJsonAfterAThoughtIsKept(boolean streamed) {
		answer(streamed, THOUGHT + ",{\"type\":\"text\",\"text\":\"{\\\"name\\\":\\\"Paris\\\",\\\"people\\\":2}\"}",
				"end_turn");
		ask(streamed);
		assertModels("claude-haiku-4-5");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void emptyAnswerAfterAThoughtIsReplaced(boolean streamed) {
		answer(streamed, THOUGHT, "end_turn");
		answer(streamed, "{\"type\":\"text\",\"text\":\"{\\\"name\\\":\\\"Paris\\\",\\\"people\\\":2}\"}", "end_turn");
		ask(streamed);
		assertModels("claude-haiku-4-5", "claude-opus-4-5");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void callOfAMissingToolAfterAThoughtIsReplaced(boolean streamed) {
		answer(streamed, THOUGHT + ",{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"tyme\",\"input\":{}}", "tool_use");
		answer(streamed, "{\"type\":\"text\",\"text\":\"{\\\"name\\\":\\\"Paris\\\",\\\"people\\\":2}\"}", "end_turn");
		ask(streamed);
		assertModels("claude-haiku-4-5", "claude-opus-4-5");
	}

	private void answer(boolean streamed, String blocks, String stopReason) {
		String content = "[" + blocks + "]";
		this.provider.enqueue(Answer.text("")
			.body(streamed ? AnswerBodies.anthropicStream(content, stopReason)
					: AnswerBodies.anthropic(content, stopReason)));
	}

	private void ask(boolean streamed) {
		this.runner.run((context) -> {
			ChatClient.ChatClientRequestSpec spec = context.getBean(ChatClient.Builder.class)
				.build()
				.prompt("What is the capital of France?")
				.advisors((advisors) -> advisors.param(ChatClientAttributes.OUTPUT_FORMAT.getKey(),
						new BeanOutputConverter<>(City.class).getFormat()))
				.tools(new Tools());
			if (streamed) {
				List<String> chunks = spec.stream().content().collectList().block();
				assertThat(String.join("", chunks)).contains("Paris");
			}
			else {
				assertThat(spec.call().chatResponse().getResults())
					.anySatisfy((generation) -> assertThat(generation.getOutput().getText()).contains("Paris"));
			}
		});
	}

	private void assertModels(String... models) {
		assertThat(this.provider.requests()).extracting(LoopbackRequest::model).containsExactly(models);
	}

	record City(String name, int people) {

	}

	static class Tools {

		@Tool
		String time() {
			return "noon";
		}

	}

}
