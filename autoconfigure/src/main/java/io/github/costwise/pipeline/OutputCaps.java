package io.github.costwise.pipeline;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.prompt.ChatOptions;

/**
 * Reads what options say of the length of answers. Thread-safe.
 *
 * @since 0.1.0
 */
public interface OutputCaps {

	/**
	 * Returns the limit on output tokens that a request has.
	 * @param options the options of a call
	 * @return tokens, or {@code null} without one
	 */
	@Nullable Integer outputLimit(ChatOptions options);

	/**
	 * Returns the limit on output tokens that the application asks for, rather than the
	 * one that its client sends where nobody says anything.
	 * @param options the options of a call
	 * @return tokens, or {@code null} where it asks for none
	 */
	default @Nullable Integer askedLimit(ChatOptions options) {
		return outputLimit(options);
	}

	/**
	 * Returns how many output tokens thoughts may take before an answer begins.
	 * @param options the options of a call
	 * @return tokens, zero where no thoughts are asked for
	 */
	int thinkingBudget(ChatOptions options);

	/**
	 * Returns what a request asks for that changes its bill.
	 * @param options the options of a call
	 * @return its terms
	 */
	AskedTerms terms(ChatOptions options);

}
