package io.github.costwise.fallback;

import java.time.Duration;

/**
 * When the share of turns that fell back is a spike. Immutable and thread-safe.
 *
 * @param share above which share, above 0 and at most 1
 * @param minimumTurns how many turns must be known before the share counts, at least 1
 * @param window over how long, above zero
 * @since 0.1.0
 */
public record SpikeSettings(double share, int minimumTurns, Duration window) {

	/**
	 * Creates settings.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public SpikeSettings {
		if (!(share > 0 && share <= 1) || minimumTurns < 1 || window.compareTo(Duration.ofMillis(1)) < 0) {
			throw new IllegalArgumentException("A setting of fallback spikes is out of range");
		}
	}

	/**
	 * Returns the default settings: above a fifth of at least 20 turns within ten
	 * minutes.
	 * @return the settings
	 */
	public static SpikeSettings defaults() {
		return new SpikeSettings(.2, 20, Duration.ofMinutes(10));
	}

}
