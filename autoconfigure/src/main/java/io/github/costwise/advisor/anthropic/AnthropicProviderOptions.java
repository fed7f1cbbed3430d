package io.github.costwise.advisor.anthropic;

import java.util.HashMap;
import java.util.Map;

import org.springframework.ai.anthropic.AnthropicCacheTtl;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.prompt.ChatOptions;

import io.github.costwise.advisor.ProviderOptions;

/**
 * Options of the Anthropic client. Thread-safe.
 *
 * @since 0.1.0
 */
public final class AnthropicProviderOptions implements ProviderOptions {

	@Override
	public boolean supports(ChatOptions options) {
		return options instanceof AnthropicChatOptions;
	}

	@Override
	public boolean marksCalls() {
		return true;
	}

	@Override
	public boolean asksForOneHourCache(ChatOptions options) {
		return ((AnthropicChatOptions) options).getCacheOptions()
			.getMessageTypeTtl()
			.containsValue(AnthropicCacheTtl.ONE_HOUR);
	}

	@Override
	public ChatOptions marked(ChatOptions options, String callId) {
		AnthropicChatOptions anthropic = (AnthropicChatOptions) options;
		Map<String, String> headers = new HashMap<>();
		if (anthropic.getHttpHeaders() != null) {
			headers.putAll(anthropic.getHttpHeaders());
		}
		headers.put(CALL_HEADER, callId);
		return anthropic.mutate().httpHeaders(headers).build();
	}

	@Override
	public ChatOptions capped(ChatOptions options, int maxOutputTokens) {
		Integer asked = options.getMaxTokens();
		return (asked != null && asked <= maxOutputTokens) ? options
				: options.mutate().maxTokens(maxOutputTokens).build();
	}

}
