package io.github.costwise.accounting.usage;

import org.springframework.ai.chat.prompt.Prompt;

/**
 * Counts tokens without asking a provider. Counts are estimates: only the provider's own
 * count is exact. Implementations are thread-safe.
 *
 * @since 0.1.0
 */
public interface TokenCounter {

	/**
	 * Counts the tokens of a text.
	 * @param text the text, taken literally
	 * @param model the model that would read or write it, by the provider's name
	 * @return tokens, zero or more
	 */
	long count(String text, String model);

	/**
	 * Counts the tokens of a request: every message with its tool calls and tool results,
	 * the tools offered, and a constant for each medium whatever its size. Never counts
	 * the bytes of a medium.
	 * @param prompt the request
	 * @param model the model that would read it, by the provider's name
	 * @return tokens, zero or more
	 */
	default long count(Prompt prompt, String model) {
		return RequestCount.of(prompt, this, model);
	}

}
