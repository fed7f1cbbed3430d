package io.github.costwise.advisor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.anthropic.models.messages.ThinkingConfigParam;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.google.genai.GoogleGenAiChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;

import io.github.costwise.advisor.anthropic.AnthropicProviderOptions;
import io.github.costwise.advisor.openai.OpenAiProviderOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TargetOptions}.
 */
@Tag("unit")
class TargetOptionsTests {

	private static final ToolCallback TOOL = FunctionToolCallback.builder("tool", (Map<String, Object> in) -> 1)
		.inputType(Map.class)
		.build();

	private static final ToolCallback OTHER_TOOL = FunctionToolCallback.builder("other", (Map<String, Object> in) -> 1)
		.inputType(Map.class)
		.build();

	private final Map<String, ChatModel> models = new HashMap<>();

	private final TargetOptions options = new TargetOptions(
			List.of(new OpenAiProviderOptions(), new AnthropicProviderOptions()), () -> this.models);

	@Test
	void configurationOfTheTargetGoesBeforeThatOfTheSource() {
		ChatModel source = bean("a", OpenAiChatOptions.builder().model("gpt-4o").temperature(0.1).topP(0.3).build());
		ChatModel target = bean("b", OllamaChatOptions.builder().model("llama").temperature(0.6).numCtx(99).build());
		OllamaChatOptions result = (OllamaChatOptions) of(source.getOptions(), target, "llama-large");
		assertThat(result.getModel()).isEqualTo("llama-large");
		assertThat(result.getTemperature()).isEqualTo(0.6);
		assertThat(result.getTopP()).isEqualTo(0.3);
		assertThat(result.getNumCtx()).isEqualTo(99);
	}

	@Test
	void wishOfTheRequestGoesBeforeAllConfiguration() {
		ChatModel source = bean("a", OpenAiChatOptions.builder().model("gpt-4o").temperature(0.1).build());
		ChatModel target = bean("b", OllamaChatOptions.builder().model("llama").temperature(0.6).build());
		ChatOptions asked = source.getOptions().mutate().temperature(0.2).build();
		assertThat(of(asked, target, "llama").getTemperature()).isEqualTo(0.2);
	}

	@Test
	void whatTheGoogleClientFillsInIsNoWish() {
		ChatModel google = bean("a", GoogleGenAiChatOptions.builder().model("gemini-2.5-flash").build());
		ChatModel openAi = bean("b", OpenAiChatOptions.builder().model("gpt-4o").temperature(0.0).build());
		ChatModel plain = bean("c", OllamaChatOptions.builder().model("llama").build());
		assertThat(of(google.getOptions(), plain, "llama").getTemperature()).isNull();
		assertThat(of(google.getOptions(), plain, "llama").getTopP()).isNull();
		assertThat(of(openAi.getOptions(), google, "gemini-2.5-pro").getTemperature()).isZero();
		assertThat(of(google.getOptions(), openAi, "gpt-4o").getTemperature()).isZero();
	}

	@Test
	void limitThatOnlyTheSourceIsConfiguredWithStays() {
		ChatModel source = bean("a", OpenAiChatOptions.builder().model("gpt-4o").maxTokens(500).build());
		ChatModel target = bean("b", AnthropicChatOptions.builder().model("claude-haiku-4-5").maxTokens(900).build());
		assertThat(of(source.getOptions(), target, "claude-haiku-4-5").getMaxTokens()).isEqualTo(900);
		ChatOptions asked = source.getOptions().mutate().maxTokens(40).build();
		assertThat(of(asked, target, "claude-haiku-4-5").getMaxTokens()).isEqualTo(40);
	}

	@Test
	void defaultLimitOfTheAnthropicClientStaysEvenWhenTheSourceIsUnknown() {
		ChatModel target = bean("b", OpenAiChatOptions.builder().model("gpt-4o").build());
		assertThat(of(AnthropicChatOptions.builder().build(), target, "gpt-4o").getMaxTokens()).isNull();
		assertThat(of(AnthropicChatOptions.builder().maxTokens(10).build(), target, "gpt-4o").getMaxTokens())
			.isEqualTo(10);
	}

	@Test
	void limitGoesIntoTheFieldThatTheTargetUses() {
		ChatModel target = bean("b", OpenAiChatOptions.builder().model("m").maxCompletionTokens(9).build());
		OpenAiChatOptions result = (OpenAiChatOptions) of(AnthropicChatOptions.builder().maxTokens(10).build(), target,
				"gpt-4o");
		assertThat(result.getMaxCompletionTokens()).isEqualTo(10);
		assertThat(result.getMaxTokens()).isNull();
	}

	@Test
	void reasoningModelOfTheSameBean() {
		ChatModel own = bean("a",
				OpenAiChatOptions.builder().model("gpt-4o").maxTokens(70).temperature(0.4).logprobs(true).build());
		OpenAiChatOptions result = (OpenAiChatOptions) of(own.getOptions(), own, "o4-mini");
		assertThat(result.getMaxCompletionTokens()).isEqualTo(70);
		assertThat(result.getMaxTokens()).isNull();
		assertThat(result.getTemperature()).isNull();
		assertThat(result.getLogprobs()).isNull();
	}

	@Test
	void effortIsLeftOutWhereModelsDoNotReason() {
		ChatModel own = bean("a", OpenAiChatOptions.builder().model("gpt-5").reasoningEffort("low").build());
		assertThat(((OpenAiChatOptions) of(own.getOptions(), own, "gpt-4o")).getReasoningEffort()).isNull();
		assertThat(((OpenAiChatOptions) of(own.getOptions(), own, "gpt-5-nano")).getReasoningEffort()).isEqualTo("low");
		assertThat(((OpenAiChatOptions) of(own.getOptions(), own, "qwen")).getReasoningEffort()).isEqualTo("low");
	}

	@Test
	void deploymentIsChangedWhereThereIsOne() {
		ChatModel own = bean("a", OpenAiChatOptions.builder().model("gpt-4o").deploymentName("prod").build());
		assertThat(((OpenAiChatOptions) of(own.getOptions(), own, "big")).getDeploymentName()).isEqualTo("big");
		assertThat(((OpenAiChatOptions) of(own.getOptions(), own, "gpt-4o")).getDeploymentName()).isEqualTo("prod");
		assertThat(((OpenAiChatOptions) of(null, own, "big")).getDeploymentName()).isEqualTo("big");
	}

	@Test
	void beansOfOneServerAreNotTakenForEachOther() {
		OpenAiChatOptions shared = OpenAiChatOptions.builder().baseUrl("http://x").apiKey("k").model("a").build();
		ChatModel first = bean("a", shared.mutate().serviceTier("flex").seed(3).build());
		ChatModel second = bean("b", shared.mutate().promptCacheKey("second").build());
		OpenAiChatOptions result = (OpenAiChatOptions) of(first.getOptions(), second, "b");
		assertThat(result.getServiceTier()).isNull();
		assertThat(result.getPromptCacheKey()).isEqualTo("second");
		assertThat(result.getSeed()).isEqualTo(3);
	}

	@Test
	void connectionTellsBeansOfOneClassApart() {
		ChatModel auto = bean("auto", OpenAiChatOptions.builder().model("gpt-4o").build());
		ChatModel own = bean("own",
				OpenAiChatOptions.builder().model("m").baseUrl("http://x").customHeaders(Map.of("A", "own")).build());
		OpenAiChatOptions asked = OpenAiChatOptions.builder()
			.model("gpt-4o")
			.customHeaders(Map.of("A", "auto"))
			.build();
		assertThat(((OpenAiChatOptions) of(asked, auto, "gpt-4o-mini")).getCustomHeaders()).containsEntry("A", "auto");
		assertThat(((OpenAiChatOptions) of(asked, own, "m")).getCustomHeaders()).containsEntry("A", "own");
	}

	@Test
	void clientsWhoseModelIsNoBeanAreNotTakenForOne() {
		ChatModel bean = bean("a", OpenAiChatOptions.builder().model("m").baseUrl("http://a").apiKey("k").build());
		OpenAiChatOptions asked = OpenAiChatOptions.builder()
			.model("m")
			.baseUrl("http://b")
			.apiKey("secret")
			.customHeaders(Map.of("A", "b"))
			.build();
		OpenAiChatOptions result = (OpenAiChatOptions) of(asked, bean, "m2");
		assertThat(result.getApiKey()).isEqualTo("k");
		assertThat(result.getCustomHeaders()).isNull();
	}

	@Test
	void toolsAreThoseOfTheRequest() {
		ChatModel target = bean("b",
				AnthropicChatOptions.builder().toolCallbacks(OTHER_TOOL).toolContext("own", 1).build());
		OpenAiChatOptions asked = OpenAiChatOptions.builder().toolCallbacks(TOOL).toolContext("asked", 2).build();
		AnthropicChatOptions result = (AnthropicChatOptions) of(asked, target, "claude");
		assertThat(result.getToolCallbacks()).containsExactly(TOOL);
		assertThat(result.getToolContext()).isEqualTo(Map.of("asked", 2));
		AnthropicChatOptions none = (AnthropicChatOptions) of(OpenAiChatOptions.builder().build(), target, "claude");
		assertThat(none.getToolCallbacks()).isNull();
		assertThat(none.getToolContext()).isNull();
	}

	@Test
	void modelWithoutOptionsOfItsOwnStillGetsTools() {
		ChatModel target = bean("b", ChatOptions.builder().model("x").temperature(0.5).build());
		ChatOptions result = of(OpenAiChatOptions.builder().toolCallbacks(TOOL).build(), target, "y");
		assertThat(result).isInstanceOf(ToolCallingChatOptions.class);
		assertThat(((ToolCallingChatOptions) result).getToolCallbacks()).containsExactly(TOOL);
		assertThat(result.getTemperature()).isEqualTo(0.5);
		assertThat(result.getModel()).isEqualTo("y");
	}

	@Test
	void thinkingNeedsRoomAndAModelThatThinks() {
		ChatModel own = bean("a",
				AnthropicChatOptions.builder().maxTokens(4000).thinkingEnabled(2000).temperature(1.0).topK(4).build());
		AnthropicChatOptions thinking = (AnthropicChatOptions) of(own.getOptions(), own, "claude-sonnet-4-5");
		assertThat(thinking.getThinking()).isNotNull();
		assertThat(thinking.getTemperature()).isNull();
		assertThat(thinking.getTopK()).isNull();
		assertThat(thinkingOf(of(own.getOptions(), own, "claude-3-5-haiku-latest"))).isNull();
		assertThat(thinkingOf(of(own.getOptions().mutate().maxTokens(2000).build(), own, "claude-sonnet-4-5")))
			.isNull();
	}

	@Test
	void neitherRequestNorTargetIsChanged() {
		ChatModel source = bean("a", OpenAiChatOptions.builder().model("gpt-4o").temperature(0.4).build());
		ChatModel target = bean("b", AnthropicChatOptions.builder().model("claude").build());
		ChatOptions asked = ((OpenAiChatOptions) source.getOptions()).mutate().toolCallbacks(List.of(TOOL)).build();
		ChatOptions askedCopy = asked.mutate().build();
		ChatOptions targetCopy = target.getOptions().mutate().build();
		of(asked, target, "claude-opus-4-5");
		assertThat(asked).isEqualTo(askedCopy);
		assertThat(target.getOptions()).isEqualTo(targetCopy);
	}

	private static @Nullable ThinkingConfigParam thinkingOf(ChatOptions options) {
		return ((AnthropicChatOptions) options).getThinking();
	}

	private ChatOptions of(@Nullable ChatOptions asked, ChatModel target, String model) {
		return this.options.forTarget(asked, target, model);
	}

	private ChatModel bean(String name, ChatOptions options) {
		ChatModel model = new Model(options);
		this.models.put(name, model);
		return model;
	}

	private record Model(ChatOptions getOptions) implements ChatModel {

		@Override
		public ChatResponse call(Prompt prompt) {
			throw new IllegalStateException();
		}

	}

}
