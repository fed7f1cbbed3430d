package io.github.costwise.fallback;

import java.time.Duration;

/**
 * When the circuit of a target opens, and for how long. Immutable and thread-safe.
 *
 * @param failureRate share of failed calls from which on the circuit of a target opens,
 * above 0 and at most 1
 * @param minimumCalls how many calls must be known before the share counts, at least 1
 * and at most {@code window}
 * @param window over how many of the latest calls the share is taken, at least 1
 * @param cooldown how long the circuit of a target stays open before it is tried again,
 * above zero
 * @param halfOpenCalls how many calls try it then, before more are let through, at least
 * 1
 * @param longestWait a longer wait that a provider asks for opens the circuit until the
 * wait is over, not negative
 * @since 0.1.0
 */
public record HealthSettings(double failureRate, int minimumCalls, int window, Duration cooldown, int halfOpenCalls,
		Duration longestWait) {

	/**
	 * Creates settings.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public HealthSettings {
		if (!(failureRate > 0 && failureRate <= 1) || window < 1 || minimumCalls < 1 || minimumCalls > window) {
			throw new IllegalArgumentException("The share of failed calls or its window is out of range");
		}
		if (cooldown.isNegative() || cooldown.isZero() || halfOpenCalls < 1 || longestWait.isNegative()) {
			throw new IllegalArgumentException("The time the circuit of a target stays open is out of range");
		}
	}

	/**
	 * Returns the default settings: half of the latest 20 calls failed, at least five
	 * known, circuit open for 30 seconds, then tried by two calls; waits above two
	 * seconds are kept.
	 * @return the settings
	 */
	public static HealthSettings defaults() {
		return new HealthSettings(.5, 5, 20, Duration.ofSeconds(30), 2, Duration.ofSeconds(2));
	}

}
