package io.github.costwise.advisor;

import org.springframework.ai.chat.prompt.ChatOptions;

/**
 * Options of clients that need no typed access: Google GenAI, Ollama, Mistral, DeepSeek,
 * Bedrock and those of applications. Thread-safe.
 */
final class ClientOptions implements ProviderOptions {

	@Override
	public boolean supports(ChatOptions options) {
		return true;
	}

	@Override
	public boolean marksCalls() {
		return false;
	}

	@Override
	public ChatOptions marked(ChatOptions options, String callId) {
		return options;
	}

	@Override
	public ChatOptions capped(ChatOptions options, int maxOutputTokens) {
		Integer asked = options.getMaxTokens();
		return (asked != null && asked <= maxOutputTokens) ? options : withOutputLimit(options, maxOutputTokens);
	}

	/** The Google client alone fills in what nobody set. */
	@Override
	public ChatOptions classDefaults(ChatOptions options) {
		return (MessageDialect.of(options) == MessageDialect.GOOGLE)
				? ChatOptions.builder().temperature(0.7).topP(1.0).build()
				: ProviderOptions.super.classDefaults(options);
	}

}
