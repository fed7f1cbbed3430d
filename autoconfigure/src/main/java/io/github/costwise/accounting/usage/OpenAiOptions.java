package io.github.costwise.accounting.usage;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.openai.AbstractOpenAiOptions;
import org.springframework.ai.openai.OpenAiChatOptions;

/** Reads where OpenAI's client goes to. Only this class sees those options. */
final class OpenAiOptions {

	private OpenAiOptions() {
	}

	static @Nullable String baseUrl(Object options) {
		if (options instanceof OpenAiChatOptions chat) {
			return chat.getBaseUrl();
		}
		return (options instanceof AbstractOpenAiOptions other) ? other.getBaseUrl() : null;
	}

	static boolean isAzure(Object options) {
		return options instanceof OpenAiChatOptions chat && chat.isMicrosoftFoundry()
				|| options instanceof AbstractOpenAiOptions other && other.isMicrosoftFoundry();
	}

}
