package io.github.costwise.advisor.openai;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.openai.OpenAiChatOptions;

import io.github.costwise.advisor.ProviderOptions;
import io.github.costwise.pricing.ServiceTier;

/**
 * Options of the OpenAI client. It has two limits on output tokens, which exclude each
 * other: reasoning models know only {@code max_completion_tokens}, and servers that
 * merely speak the protocol often know only {@code max_tokens}. Thread-safe.
 *
 * @since 0.1.0
 */
public final class OpenAiProviderOptions implements ProviderOptions {

	@Override
	public boolean supports(ChatOptions options) {
		return options instanceof OpenAiChatOptions;
	}

	@Override
	public boolean marksCalls() {
		return true;
	}

	@Override
	public @Nullable ServiceTier requestedTier(ChatOptions options) {
		String tier = ((OpenAiChatOptions) options).getServiceTier();
		if ("flex".equals(tier)) {
			return ServiceTier.FLEX;
		}
		return "priority".equals(tier) ? ServiceTier.PRIORITY : null;
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

	private static boolean isReasoning(@Nullable String model) {
		return model != null && (model.matches("o\\d.*") || model.matches("gpt-([5-9]|\\d\\d).*"));
	}

}
