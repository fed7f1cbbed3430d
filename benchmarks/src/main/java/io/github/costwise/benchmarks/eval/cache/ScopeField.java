package io.github.costwise.benchmarks.eval.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import com.anthropic.models.messages.OutputConfig;

import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

import io.github.costwise.cache.partition.Answerer;
import io.github.costwise.spi.CachePartitionResolver;

/**
 * One thing that keeps answers apart, and how a request differs in it from the first one.
 *
 * @param name what it is called in the result
 * @param change makes a scope differ in it
 */
record ScopeField(String name, Consumer<ScopeDraft> change) {

	/**
	 * Returns what requests to any provider may differ in.
	 */
	static List<ScopeField> common() {
		List<ScopeField> fields = new ArrayList<>(owner());
		fields.addAll(answerer());
		fields.addAll(prompt());
		fields.addAll(options());
		return fields;
	}

	private static List<ScopeField> owner() {
		return List.of(new ScopeField("tenant", (draft) -> draft.tenant = "globex"),
				new ScopeField("no tenant", (draft) -> draft.tenant = null),
				new ScopeField("user", (draft) -> draft.user = "grace"),
				new ScopeField("no user", (draft) -> draft.user = null),
				new ScopeField("shared", (draft) -> draft.shared = true),
				new ScopeField("feature", (draft) -> draft.feature = "sales"),
				new ScopeField("policy", (draft) -> draft.policy = "careful"),
				new ScopeField("prompt version", (draft) -> draft.promptVersion = "8"),
				new ScopeField("application version", (draft) -> draft.applicationVersion = "2.0"),
				new ScopeField("encoder", (draft) -> draft.encoder = "toy-2"),
				new ScopeField("resolver field", (draft) -> draft.resolved.put("region", "eu")),
				new ScopeField("corpus", (draft) -> draft.resolved.put(CachePartitionResolver.CORPUS, "2026-11")));
	}

	private static List<ScopeField> answerer() {
		String address = "https://one.example/v1";
		return List.of(
				new ScopeField("answerer bean", (draft) -> draft.answerer = ScopeDraft.own("other", address, "model")),
				new ScopeField("answerer address",
						(draft) -> draft.answerer = ScopeDraft.own("chatModel", "https://two.example/v1", "model")),
				new ScopeField("answerer by name only",
						(draft) -> draft.answerer = ScopeDraft.own("chatModel", null, "model")),
				new ScopeField("answerer model",
						(draft) -> draft.answerer = ScopeDraft.own("chatModel", address, "other")),
				new ScopeField("answerer routed", (draft) -> draft.answerer = Answerer.routed("r1", null)),
				new ScopeField("answerer routed otherwise", (draft) -> draft.answerer = Answerer.routed("r2", null)),
				new ScopeField("answerer pinned", (draft) -> draft.answerer = Answerer.routed("r1", "light")),
				new ScopeField("answerer pinned otherwise", (draft) -> draft.answerer = Answerer.routed("r1", "big")));
	}

	private static List<ScopeField> prompt() {
		return List.of(new ScopeField("system text", (draft) -> draft.system += " Answer in German."),
				new ScopeField("no system text", (draft) -> draft.system = ""),
				new ScopeField("tool name", (draft) -> draft.tools.set(0, new NamedTool("find", "Finds", "{}"))),
				new ScopeField("tool description",
						(draft) -> draft.tools.set(0, new NamedTool("search", "Finds pages", "{}"))),
				new ScopeField("tool schema",
						(draft) -> draft.tools.set(0, new NamedTool("search", "Finds", "{\"type\":\"object\"}"))),
				new ScopeField("one tool more", (draft) -> draft.tools.add(new NamedTool("open", "Opens", "{}"))),
				new ScopeField("tool context", (draft) -> draft.toolContext.put("branch", "north")),
				new ScopeField("output format",
						(draft) -> draft.output.put("spring.ai.chat.client.output.format", "Answer with JSON")),
				new ScopeField("output schema",
						(draft) -> draft.output.put("spring.ai.chat.client.structured.output.schema", "{}")),
				new ScopeField("history text", (draft) -> draft.history.set(0, new UserMessage("Hello, I am Grace."))),
				new ScopeField("history role", (draft) -> draft.history.set(0, new AssistantMessage("Hello."))),
				new ScopeField("history order", (draft) -> draft.history.add(draft.history.remove(0))),
				new ScopeField("longer history", (draft) -> draft.history
					.addAll(List.of(new UserMessage("And?"), new AssistantMessage("So.")))));
	}

	private static List<ScopeField> options() {
		return List.of(option("model", (options) -> options.model("other-model")),
				option("temperature", (options) -> options.temperature(.7)),
				option("topP", (options) -> options.topP(.9)), option("maxTokens", (options) -> options.maxTokens(77)),
				option("stopSequences", (options) -> options.stopSequences(List.of("END"))));
	}

	private static ScopeField option(String name, Consumer<ChatOptions.Builder<?>> change) {
		return new ScopeField(name, (draft) -> draft.options.add(change));
	}

	/**
	 * Returns what requests to OpenAI may differ in besides.
	 */
	static List<ScopeField> openAi() {
		return List.of(openAi("seed", (options) -> options.seed(7)),
				openAi("frequencyPenalty", (options) -> options.frequencyPenalty(.5)),
				openAi("presencePenalty", (options) -> options.presencePenalty(.5)),
				openAi("n", (options) -> options.n(2)),
				openAi("logitBias", (options) -> options.logitBias(Map.of("50256", -100))),
				openAi("responseFormat",
						(options) -> options.responseFormat(OpenAiChatModel.ResponseFormat.builder()
							.type(OpenAiChatModel.ResponseFormat.Type.JSON_OBJECT)
							.build())),
				openAi("responseFormat schema",
						(options) -> options.responseFormat(OpenAiChatModel.ResponseFormat.builder()
							.type(OpenAiChatModel.ResponseFormat.Type.JSON_SCHEMA)
							.jsonSchema("{\"type\":\"object\"}")
							.build())),
				openAi("reasoningEffort", (options) -> options.reasoningEffort("high")),
				openAi("verbosity", (options) -> options.verbosity("low")),
				openAi("toolChoice", (options) -> options.toolChoice("required")),
				openAi("parallelToolCalls", (options) -> options.parallelToolCalls(false)),
				openAi("extraBody", (options) -> options.extraBody(Map.of("guided_choice", List.of("a", "b")))),
				openAi("customHeaders", (options) -> options.customHeaders(Map.of("OpenAI-Project", "other"))),
				openAi("baseUrl", (options) -> options.baseUrl("http://localhost/other")));
	}

	private static ScopeField openAi(String name, Consumer<OpenAiChatOptions.Builder> change) {
		return option(name, (options) -> change.accept((OpenAiChatOptions.Builder) options));
	}

	/**
	 * Returns what requests to Anthropic may differ in besides.
	 */
	static List<ScopeField> anthropic() {
		return List.of(anthropic("topK", (options) -> options.topK(40)),
				anthropic("thinking", (options) -> options.thinkingEnabled(2048)),
				anthropic("disableParallelToolUse", (options) -> options.disableParallelToolUse(true)),
				anthropic("effort", (options) -> options.effort(OutputConfig.Effort.HIGH)),
				anthropic("httpHeaders", (options) -> options.httpHeaders(Map.of("anthropic-beta", "other"))),
				anthropic("inferenceGeo", (options) -> options.inferenceGeo("eu")),
				anthropic("outputSchema", (options) -> options.outputSchema("{\"type\":\"object\"}")));
	}

	private static ScopeField anthropic(String name, Consumer<AnthropicChatOptions.Builder> change) {
		return option(name, (options) -> change.accept((AnthropicChatOptions.Builder) options));
	}

}
