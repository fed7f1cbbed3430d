package io.github.costwise.accounting.usage;

import org.springframework.ai.openai.AbstractOpenAiOptions;
import org.springframework.ai.openai.OpenAiChatOptions;

/** Reads whose models OpenAI's client asks. Only this class sees those options. */
final class OpenAiOptions {

	private OpenAiOptions() {
	}

	static boolean isAzure(Object options) {
		return options instanceof OpenAiChatOptions chat && chat.isMicrosoftFoundry()
				|| options instanceof AbstractOpenAiOptions other && other.isMicrosoftFoundry();
	}

}
