package io.github.costwise.accounting.usage;

import io.github.costwise.spi.TokenCounter;

/**
 * The token counters that come with Costwise.
 *
 * @since 0.1.0
 */
public final class TokenCounters {

	private TokenCounters() {
	}

	/**
	 * Returns a counter with OpenAI's encodings, exact for the texts of OpenAI's models
	 * and near for others. Its tables take a moment to load when it first counts.
	 * @return a thread-safe counter
	 */
	public static TokenCounter jtokkit() {
		return new JtokkitTokenCounter();
	}

}
