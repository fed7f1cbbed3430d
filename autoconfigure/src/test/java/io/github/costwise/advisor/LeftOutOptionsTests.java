package io.github.costwise.advisor;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.anthropic.models.messages.ThinkingConfigParam;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.google.genai.GoogleGenAiChatOptions;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.costwise.advisor.anthropic.AnthropicProviderOptions;
import io.github.costwise.advisor.openai.OpenAiProviderOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LeftOutOptions}.
 */
@ExtendWith(OutputCaptureExtension.class)
@Tag("chain")
class LeftOutOptionsTests {

	private static final ProviderOptions OPENAI = new OpenAiProviderOptions();

	private static final ProviderOptions ANTHROPIC = new AnthropicProviderOptions();

	/** What is put under another name, and what the names of properties are there. */
	private static final Set<String> KEPT = Set.of("maxTokens", "maxCompletionTokens", "outputSchema");

	private static OpenAiChatOptions.Builder everything() {
		return OpenAiChatOptions.builder()
			.model("m")
			.temperature(1.5)
			.topP(0.5)
			.topK(5)
			.frequencyPenalty(0.1)
			.presencePenalty(0.1)
			.stopSequences(List.of("1", "2", "3", "4", "5"))
			.parallelToolCalls(true)
			.logprobs(true)
			.topLogprobs(2)
			.logitBias(Map.of("1", 1))
			.seed(7)
			.n(1)
			.store(true)
			.metadata(Map.of("a", "b"))
			.user("u")
			.serviceTier("flex")
			.verbosity("low")
			.reasoningEffort("low");
	}

	@ParameterizedTest
	@ValueSource(strings = { "gpt-5", "gpt-4o", "o3", "gpt-4o-search-preview", "open-mistral-nemo", "claude-opus-4-7",
			"claude-opus-4-1", "gemini-2.5-pro", "deepseek-reasoner", "grok-4", "kimi-k3", "llama" })
	void everyValueThatIsLostHasAName(String model) {
		OpenAiChatOptions before = everything().build();
		ChatOptions after = OPENAI.fitted(before, model);
		BeanWrapper asked = PropertyAccessorFactory.forBeanPropertyAccess(before);
		BeanWrapper sent = PropertyAccessorFactory.forBeanPropertyAccess(after);
		List<String> lost = Arrays.stream(asked.getPropertyDescriptors())
			.map((property) -> property.getName())
			.filter((name) -> asked.isReadableProperty(name) && !KEPT.contains(name))
			.filter((name) -> isLost(asked.getPropertyValue(name), sent.getPropertyValue(name)))
			.toList();
		List<String> told = LeftOutOptions.between(before, after, OPENAI);
		assertThat(told).hasSameSizeAs(lost.stream().filter((name) -> !name.equals("stop")).toList())
			.doesNotHaveDuplicates();
		assertThat(told.stream().map(LeftOutOptionsTests::plain)).allMatch(
				(name) -> lost.stream().map(LeftOutOptionsTests::plain).anyMatch((other) -> other.startsWith(name)));
	}

	private static boolean isLost(Object before, Object after) {
		return before != null && (after == null
				|| (before instanceof List<?> list && after instanceof List<?> rest && rest.size() < list.size()));
	}

	private static String plain(String name) {
		return name.toLowerCase().replaceAll("[ -]", "").replace("probabilities", "probs");
	}

	@Test
	void valuesOfTheServersKindAreLostToo() {
		OpenAiChatOptions before = everything().baseUrl("https://api.groq.com/openai/v1").build();
		assertThat(LeftOutOptions.between(before, OPENAI.fitted(before, "llama"), OPENAI))
			.containsExactly("log probabilities", "logit bias", "n", "top log probabilities");
	}

	@Test
	void thoughtsThatDoNotFitAreReported() {
		AnthropicChatOptions before = AnthropicChatOptions.builder()
			.maxTokens(100)
			.thinking(ThinkingConfigParam
				.ofEnabled(com.anthropic.models.messages.ThinkingConfigEnabled.builder().budgetTokens(2048).build()))
			.build();
		assertThat(LeftOutOptions.between(before, ANTHROPIC.fitted(before, "claude-haiku-4-5"), ANTHROPIC))
			.containsExactly("thinking");
	}

	@Test
	void whatAClientFillsInIsNoLoss() {
		ProviderOptions other = new ClientOptions();
		ChatOptions usual = GoogleGenAiChatOptions.builder().model("m").temperature(0.7).build();
		ChatOptions none = ChatOptions.builder().build();
		assertThat(LeftOutOptions.between(usual, none, other)).isEmpty();
		ChatOptions asked = OllamaChatOptions.builder().model("m").temperature(0.7).build();
		assertThat(LeftOutOptions.between(asked, other.fitted(asked, "gpt-5"), other)).containsExactly("temperature");
	}

	@Test
	void eachModelAndOptionIsReportedOnce(CapturedOutput output) {
		Model bean = new Model(OpenAiChatOptions.builder().model("mistral-small").build());
		TargetOptions options = new TargetOptions(List.of(OPENAI), () -> Map.of("bean", bean));
		for (int i = 0; i < 3; i++) {
			options.forTarget(OpenAiChatOptions.builder().model("mistral-small").seed(7).build(), bean,
					"mistral-small");
		}
		options.forTarget(OpenAiChatOptions.builder().seed(7).logprobs(true).build(), bean, "mistral-small");
		options.forTarget(OpenAiChatOptions.builder().seed(7).build(), bean, "gpt-4o");
		assertThat(output.getOut().lines().filter((line) -> line.contains("mistral-small") && line.contains("WARN")))
			.hasSize(2)
			.first()
			.asString()
			.endsWith("refuse: seed");
		assertThat(output).contains("refuse: log probabilities").doesNotContain("gpt-4o");
	}

	private record Model(ChatOptions getOptions) implements ChatModel {

		@Override
		public ChatResponse call(Prompt prompt) {
			throw new IllegalStateException();
		}

	}

}
