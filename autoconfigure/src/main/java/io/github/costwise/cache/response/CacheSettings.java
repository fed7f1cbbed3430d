package io.github.costwise.cache.response;

import java.time.Duration;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.spi.NonAnswerRule;
import io.github.costwise.answer.none.NonAnswers;

/**
 * How the cache works for all policies. Immutable.
 *
 * @param singleFlight whether a burst of the same question makes one call
 * @param patience how long a turn waits for another one that asks the same, 1 ms to 10
 * min
 * @param slowAfter requests to the store that take longer are as bad as failures, 1 ms to
 * 10 min
 * @param nonAnswers tells texts that do not answer and are not stored
 * @since 0.1.0
 */
public record CacheSettings(boolean singleFlight, Duration patience, Duration slowAfter, NonAnswerRule nonAnswers) {

	private static final Duration LEAST = Duration.ofMillis(1);

	private static final Duration MOST = Duration.ofMinutes(10);

	/**
	 * Checks the values.
	 * @throws CostwiseConfigurationException if a value is out of its range
	 */
	public CacheSettings {
		require("single-flight.patience", patience);
		require("slow-after", slowAfter);
	}

	private static void require(String name, Duration value) {
		if (value.compareTo(LEAST) < 0 || value.compareTo(MOST) > 0) {
			throw new CostwiseConfigurationException("costwise.cache." + name + " is " + value + ".",
					"Set it to a time from 1ms to 10m.");
		}
	}

	/**
	 * Returns the defaults: one call, waiting up to 30 s for it, and 250 ms for the
	 * store.
	 * @return the defaults
	 */
	public static CacheSettings defaults() {
		return new CacheSettings(true, Duration.ofSeconds(30), Duration.ofMillis(250), NonAnswers.scored());
	}

}
