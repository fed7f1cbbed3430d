package io.github.costwise.spi;

/**
 * Counts tokens without asking a provider. Counts are estimates: only the provider's own
 * count is exact. Implementations are thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface TokenCounter {

	/**
	 * Counts the tokens of a text.
	 * @param text the text, taken literally
	 * @param model the model that would read or write it, by the provider's name
	 * @return tokens, zero or more
	 */
	long count(String text, String model);

}
