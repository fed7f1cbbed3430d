package io.github.costwise.advisor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatOptions;

import io.github.costwise.advisor.ModelRules.Refused;
import io.github.costwise.advisor.anthropic.AnthropicProviderOptions;
import io.github.costwise.advisor.openai.OpenAiProviderOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ModelRules}, and that requests follow them.
 */
@Tag("chain")
class ModelRulesTests {

	@ParameterizedTest
	@ValueSource(strings = { "o1", "o3", "o3-mini", "o4-mini-2025-04-16", "openai/o3", "azure/o1-preview", "O3" })
	void oSeriesRefusesParallelToolCalls(String model) {
		assertThat(ModelRules.of(model, null).refuses(Refused.PARALLEL_TOOL_CALLS)).isTrue();
		OpenAiChatOptions sent = fitted(model, null);
		assertThat(sent.getParallelToolCalls()).isNull();
		assertThat(sent.getMaxTokens()).isNull();
		assertThat(sent.getMaxCompletionTokens()).isEqualTo(70);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "gpt-4o", "gpt-4.1-mini", "gpt-5", "gpt-5-mini", "solo3", "foo1", "o30", "olmo2", "qwen3" })
	void othersKeepParallelToolCalls(String model) {
		assertThat(fitted(model, null).getParallelToolCalls()).isFalse();
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "mistral-large-latest,-", "mistralai/Mistral-Small-24B,-", "open-mixtral-8x22b,-", "codestral,-",
					"prod,https://api.mistral.ai/v1", "ministral-8b,http://localhost:8000/v1" })
	void mistralGetsItsOwnIdsAndFieldsThroughTheOpenAiClient(String model, @Nullable String url) {
		assertThat(ids(model, url, "call_abcdefghijklmnop")).containsOnly("call00001");
		assertThat(ids(model, url, "abcDEF123")).containsOnly("abcDEF123");
		OpenAiChatOptions sent = fitted(model, url);
		assertThat(sent.getSeed()).isNull();
		assertThat(sent.getStore()).isNull();
		assertThat(sent.getParallelToolCalls()).isFalse();
		assertThat(sent.mutate().maxTokens(null).maxCompletionTokens(9).build()).satisfies((options) -> {
			OpenAiChatOptions limited = (OpenAiChatOptions) new OpenAiProviderOptions().fitted(options, model);
			assertThat(limited.getMaxTokens()).isEqualTo(9);
			assertThat(limited.getMaxCompletionTokens()).isNull();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "claude-sonnet-4-5", "anthropic/claude-opus-4.1", "google/gemini-2.5-pro" })
	void modelsBehindGatewaysGetNoEmptyMessagesAndNoIdTwice(String model) {
		assertThat(history(model, null, new AssistantMessage(""))).isEmpty();
		assertThat(history("gpt-4o", null, new AssistantMessage(""))).hasSize(1);
		List<Message> twice = history(model, null, called("call_1"), result("call_1"), called("call_1"),
				result("call_1"));
		assertThat(((AssistantMessage) twice.get(2)).getToolCalls().get(0).id()).isEqualTo("call00001");
		assertThat(fitted(model, null).getFrequencyPenalty()).isNull();
		assertThat(fitted(model, null).getLogitBias()).isNull();
	}

	@Test
	void serverThatRefusesUnknownFieldsGetsNone() {
		OpenAiChatOptions sent = fitted("gemini-2.5-flash", "https://generativelanguage.googleapis.com/v1beta/openai/");
		assertThat(sent.getSeed()).isNull();
		assertThat(sent.getStore()).isNull();
		assertThat(sent.getLogprobs()).isNull();
		assertThat(sent.getTemperature()).isEqualTo(0.4);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "grok-4-fast,-,true,false", "x-ai/grok-3-mini,-,true,false",
					"llama3.1-8b,https://api.cerebras.ai/v1,true,true", "grok-3,-,false,true",
					"any,https://x.example,false,true" })
	void modelsAndServersRefuseMore(String model, @Nullable String url, boolean noPenalties, boolean stops) {
		OpenAiChatOptions sent = fitted(model, url);
		assertThat(sent.getPresencePenalty() == null).isEqualTo(noPenalties);
		assertThat(sent.getStopSequences() != null).isEqualTo(stops);
	}

	@Test
	void thinkingModelsOfMoonshotSampleByThemselves() {
		assertThat(fitted("kimi-k2.5", null).getTemperature()).isNull();
		assertThat(fitted("kimi-k2-0905-preview", null).getTemperature()).isEqualTo(0.4);
	}

	@Test
	void unknownModelsGetIdsThatAllTake() {
		List<Message> twice = history("my-model", "http://localhost:8000/v1", called("call_1"), result("call_1"),
				called("call_1"), result("call_1"));
		assertThat(((AssistantMessage) twice.get(2)).getToolCalls().get(0).id()).isEqualTo("call00001");
		assertThat(ids("my-model", null, "call_1")).containsOnly("call_1");
	}

	@Test
	void addressThatIsNoneNamesNoServer() {
		assertThat(new OpenAiProviderOptions().server(OpenAiChatOptions.builder().baseUrl("not a url").build()))
			.isNull();
		assertThat(new OpenAiProviderOptions().server(OpenAiChatOptions.builder().build())).isNull();
	}

	private static OpenAiChatOptions fitted(String model, @Nullable String url) {
		OpenAiChatOptions own = OpenAiChatOptions.builder()
			.baseUrl(url)
			.model("any")
			.temperature(0.4)
			.parallelToolCalls(false)
			.seed(3)
			.store(true)
			.logprobs(true)
			.logitBias(Map.of("1", 1))
			.frequencyPenalty(0.1)
			.presencePenalty(0.1)
			.stopSequences(List.of("end"))
			.maxTokens(70)
			.build();
		return (OpenAiChatOptions) new OpenAiProviderOptions().fitted(own, model);
	}

	private static List<String> ids(String model, @Nullable String url, String id) {
		List<Message> messages = history(model, url, called(id), result(id));
		return List.of(((AssistantMessage) messages.get(0)).getToolCalls().get(0).id(),
				((ToolResponseMessage) messages.get(1)).getResponses().get(0).id());
	}

	/** The messages of a request that goes to the model, after the question. */
	private static List<Message> history(String model, @Nullable String url, Message... messages) {
		ChatModel target = new Model(OpenAiChatOptions.builder().baseUrl(url).model(model).build());
		TargetRequests requests = new TargetRequests(
				List.of(new OpenAiProviderOptions(), new AnthropicProviderOptions()), () -> Map.of("target", target));
		List<Message> all = new ArrayList<>(List.of(new UserMessage("question")));
		all.addAll(Arrays.asList(messages));
		ChatClientRequest request = new ChatClientRequest(new Prompt(all, ChatOptions.builder().build()), Map.of());
		List<Message> sent = requests.forTarget(request, target, model).prompt().getInstructions();
		ChatClientRequest own = new ChatClientRequest(new Prompt(all, target.getOptions()), Map.of());
		assertThat(requests.forOwn(own).prompt().getInstructions()).hasSameSizeAs(sent);
		return sent.subList(1, sent.size());
	}

	private static Message called(String id) {
		return AssistantMessage.builder().toolCalls(List.of(new ToolCall(id, "function", "tool", "{}"))).build();
	}

	private static Message result(String id) {
		return ToolResponseMessage.builder()
			.responses(List.of(new ToolResponseMessage.ToolResponse(id, "tool", "{}")))
			.build();
	}

	private record Model(ChatOptions getOptions) implements ChatModel {

		@Override
		public ChatResponse call(Prompt prompt) {
			throw new IllegalStateException();
		}

	}

}
