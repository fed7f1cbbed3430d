package io.github.costwise.advisor.openai;

import java.net.URI;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.openai.OpenAiChatOptions;

import io.github.costwise.advisor.ModelFamily;
import io.github.costwise.advisor.ModelRules;
import io.github.costwise.advisor.ModelRules.Refused;
import io.github.costwise.advisor.ProviderOptions;
import io.github.costwise.model.ServiceTier;

/**
 * Options of the OpenAI client. It has two limits on output tokens, which exclude each
 * other: reasoning models know only {@code max_completion_tokens}, and servers that
 * merely speak the protocol often know only {@code max_tokens}. Thread-safe.
 *
 * @since 0.1.0
 */
public final class OpenAiProviderOptions implements ProviderOptions {

	private static final Map<String, Function<ChatOptions, @Nullable Object>> REFUSABLE = new TreeMap<>();

	static {
		refusable("parallel tool calls", OpenAiChatOptions::getParallelToolCalls);
		refusable("log probabilities", OpenAiChatOptions::getLogprobs);
		refusable("top log probabilities", OpenAiChatOptions::getTopLogprobs);
		refusable("logit bias", OpenAiChatOptions::getLogitBias);
		refusable("seed", OpenAiChatOptions::getSeed);
		refusable("n", OpenAiChatOptions::getN);
		refusable("store", OpenAiChatOptions::getStore);
		refusable("metadata", OpenAiChatOptions::getMetadata);
		refusable("user", OpenAiChatOptions::getUser);
		refusable("service tier", OpenAiChatOptions::getServiceTier);
		refusable("verbosity", OpenAiChatOptions::getVerbosity);
		refusable("reasoning effort", OpenAiChatOptions::getReasoningEffort);
	}

	private static void refusable(String name, Function<OpenAiChatOptions, @Nullable Object> value) {
		REFUSABLE.put(name, (options) -> value.apply((OpenAiChatOptions) options));
	}

	@Override
	public Map<String, Function<ChatOptions, @Nullable Object>> refusable() {
		return Collections.unmodifiableMap(REFUSABLE);
	}

	@Override
	public boolean supports(ChatOptions options) {
		return options instanceof OpenAiChatOptions;
	}

	@Override
	public boolean marksCalls() {
		return true;
	}

	@Override
	public ChatOptions marked(ChatOptions options, String callId) {
		OpenAiChatOptions openAi = (OpenAiChatOptions) options;
		Map<String, String> headers = new HashMap<>();
		if (openAi.getCustomHeaders() != null) {
			headers.putAll(openAi.getCustomHeaders());
		}
		headers.put(CALL_HEADER, callId);
		return openAi.mutate().customHeaders(headers).build();
	}

	@Override
	public ChatOptions capped(ChatOptions options, int maxOutputTokens) {
		OpenAiChatOptions openAi = (OpenAiChatOptions) options;
		Integer asked = (openAi.getMaxCompletionTokens() != null) ? openAi.getMaxCompletionTokens()
				: openAi.getMaxTokens();
		if (asked != null && asked <= maxOutputTokens) {
			return options;
		}
		boolean byCompletion = openAi.getMaxCompletionTokens() != null
				|| (openAi.getMaxTokens() == null && isReasoning(openAi.getModel()));
		return byCompletion ? openAi.mutate().maxCompletionTokens(maxOutputTokens).build()
				: openAi.mutate().maxTokens(maxOutputTokens).build();
	}

	@Override
	public @Nullable Boolean sameConnection(ChatOptions one, ChatOptions other) {
		boolean same = connection((OpenAiChatOptions) one).equals(connection((OpenAiChatOptions) other));
		return (same && !tellsConnection((OpenAiChatOptions) one)) ? null : same;
	}

	/** A client that the application built itself is not described by the options. */
	@Override
	public @Nullable Integer retries(ChatOptions own) {
		OpenAiChatOptions options = (OpenAiChatOptions) own;
		return tellsConnection(options) ? options.getMaxRetries() : null;
	}

	private static boolean tellsConnection(OpenAiChatOptions options) {
		return connection(options).stream().anyMatch((part) -> part != null && !Boolean.FALSE.equals(part));
	}

	private static List<@Nullable Object> connection(OpenAiChatOptions options) {
		return Arrays.asList(options.getBaseUrl(), options.getApiKey(), options.getCredential(),
				options.getOrganizationId(), options.isMicrosoftFoundry(), options.isGitHubModels());
	}

	@Override
	public @Nullable Integer outputLimit(ChatOptions options) {
		Integer byCompletion = ((OpenAiChatOptions) options).getMaxCompletionTokens();
		return (byCompletion != null) ? byCompletion : options.getMaxTokens();
	}

	@Override
	public ChatOptions withOutputLimit(ChatOptions options, int maxOutputTokens) {
		OpenAiChatOptions openAi = (OpenAiChatOptions) options;
		return (openAi.getMaxCompletionTokens() != null) ? openAi.mutate().maxCompletionTokens(maxOutputTokens).build()
				: openAi.mutate().maxTokens(maxOutputTokens).build();
	}

	@Override
	public ChatOptions withoutTools(ChatOptions options) {
		return ((OpenAiChatOptions) options).mutate()
			.toolCallbacks(List.of())
			.toolChoice(null)
			.parallelToolCalls(null)
			.build();
	}

	@Override
	public ChatOptions sharing(ChatOptions asked, ChatOptions options) {
		OpenAiChatOptions from = (OpenAiChatOptions) asked;
		OpenAiChatOptions to = (OpenAiChatOptions) options;
		return to.mutate()
			.toolChoice(first(from.getToolChoice(), to.getToolChoice()))
			.parallelToolCalls(first(from.getParallelToolCalls(), to.getParallelToolCalls()))
			.responseFormat(first(from.getResponseFormat(), to.getResponseFormat()))
			.seed(first(from.getSeed(), to.getSeed()))
			.n(first(from.getN(), to.getN()))
			.build();
	}

	private static <T> @Nullable T first(@Nullable T asked, @Nullable T own) {
		return (asked != null) ? asked : own;
	}

	/**
	 * Where the options name a deployment, it is the deployment that is changed, since it
	 * wins over the model.
	 */
	@Override
	public ChatOptions fitted(ChatOptions options, String model) {
		OpenAiChatOptions openAi = (OpenAiChatOptions) options;
		OpenAiChatOptions.Builder builder = openAi.mutate();
		ModelFamily family = ModelFamily.of(model);
		family.leaveOut(openAi, builder);
		if (family == ModelFamily.OPENAI_REASONING) {
			asReasoning(openAi, builder);
		}
		else if (family == ModelFamily.OPENAI) {
			builder.reasoningEffort(null).verbosity(null);
		}
		leaveOut(openAi, ModelRules.of(model, server(openAi)), builder);
		if (openAi.getDeploymentName() != null && !model.equals(openAi.getModel())) {
			builder.deploymentName(model);
		}
		return builder.model(model).build();
	}

	@Override
	public @Nullable String server(ChatOptions options) {
		return host(((OpenAiChatOptions) options).getBaseUrl());
	}

	private static @Nullable String host(@Nullable String url) {
		try {
			return (url != null) ? URI.create(url).getHost() : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static void leaveOut(OpenAiChatOptions options, ModelRules rules, OpenAiChatOptions.Builder builder) {
		clear(rules, Refused.PARALLEL_TOOL_CALLS, () -> builder.parallelToolCalls(null));
		clear(rules, Refused.LOG_PROBABILITIES, () -> builder.logprobs(null).topLogprobs(null));
		clear(rules, Refused.LOGIT_BIAS, () -> builder.logitBias(null));
		clear(rules, Refused.SEED, () -> builder.seed(null));
		clear(rules, Refused.CHOICES, () -> builder.n(null));
		clear(rules, Refused.SAMPLING, () -> builder.temperature(null).topP(null).topK(null));
		clear(rules, Refused.PENALTIES, () -> builder.frequencyPenalty(null).presencePenalty(null));
		clear(rules, Refused.STOP, () -> builder.stopSequences(null));
		clear(rules, Refused.OWN_FIELDS,
				() -> builder.store(null).metadata(null).user(null).serviceTier(null).verbosity(null));
		Integer limit = options.getMaxCompletionTokens();
		if (limit != null && rules.refuses(Refused.COMPLETION_LIMIT)) {
			builder.maxCompletionTokens(null).maxTokens(limit);
		}
	}

	private static void clear(ModelRules rules, Refused value, Runnable clearing) {
		if (rules.refuses(value)) {
			clearing.run();
		}
	}

	private static void asReasoning(OpenAiChatOptions options, OpenAiChatOptions.Builder builder) {
		builder.logprobs(null).topLogprobs(null).logitBias(null);
		Integer limit = options.getMaxTokens();
		if (limit != null && options.getMaxCompletionTokens() == null) {
			builder.maxTokens(null).maxCompletionTokens(limit);
		}
	}

	private static boolean isReasoning(@Nullable String model) {
		return ModelFamily.of(model) == ModelFamily.OPENAI_REASONING;
	}

}
