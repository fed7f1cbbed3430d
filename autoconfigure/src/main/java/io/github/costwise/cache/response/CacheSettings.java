package io.github.costwise.cache.response;

import java.time.Duration;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.answer.none.NonAnswerRule;
import io.github.costwise.answer.none.NonAnswers;

/**
 * How the cache works for all policies. Immutable.
 *
 * @param singleFlight whether a burst of the same question makes one call
 * @param patience how long a turn waits for another one that asks the same, 1 ms to 10
 * min
 * @param nonAnswers tells texts that do not answer and are not stored
 * @since 0.1.0
 */
public record CacheSettings(boolean singleFlight, Duration patience, NonAnswerRule nonAnswers) {

	private static final Duration LEAST = Duration.ofMillis(1);

	private static final Duration MOST = Duration.ofMinutes(10);

	/**
	 * Checks the values.
	 * @throws CostwiseConfigurationException if a value is out of its range
	 */
	public CacheSettings {
		if (patience.compareTo(LEAST) < 0 || patience.compareTo(MOST) > 0) {
			throw new CostwiseConfigurationException("costwise.cache.single-flight.patience is " + patience + ".",
					"Set it to a time from 1ms to 10m.");
		}
	}

	/**
	 * Returns the defaults: one call, and waiting up to 30 s for it.
	 * @return the defaults
	 */
	public static CacheSettings defaults() {
		return new CacheSettings(true, Duration.ofSeconds(30), NonAnswers.scored());
	}

}
