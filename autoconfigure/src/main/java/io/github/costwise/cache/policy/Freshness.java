package io.github.costwise.cache.policy;

import java.time.Duration;

import io.github.costwise.CostwiseConfigurationException;

/**
 * How long answers are kept. Immutable.
 *
 * @param ttl from the answer to its end, 1 s to 3,650 days; reading does not prolong it
 * @param jitter share of that time by which an answer may end earlier, at random, 0 to .5
 * @param stale how long an answer is still served after its time, while one request in a
 * background refresh is made; zero for not at all
 * @since 0.1.0
 */
public record Freshness(Duration ttl, double jitter, Duration stale) {

	private static final Duration LEAST = Duration.ofSeconds(1);

	private static final Duration MOST = Duration.ofDays(3650);

	private static final double MOST_JITTER = .5;

	/**
	 * Checks the values.
	 * @throws CostwiseConfigurationException if a value is out of its range
	 */
	public Freshness {
		if (ttl.compareTo(LEAST) < 0 || ttl.compareTo(MOST) > 0) {
			throw new CostwiseConfigurationException("The cache's 'ttl' is " + ttl + ".",
					"Set it to a time from 1s to 3650d.");
		}
		if (!(jitter >= 0 && jitter <= MOST_JITTER)) {
			throw new CostwiseConfigurationException("The cache's 'ttl-jitter' is " + jitter + ".",
					"Set it to a share from 0 to 0.5.");
		}
		if (stale.isNegative() || stale.compareTo(MOST) > 0) {
			throw new CostwiseConfigurationException("The cache's 'stale-while-revalidate' is " + stale + ".",
					"Set it to a time from 0s to 3650d.");
		}
	}

	/**
	 * Returns the defaults: one day, a tenth of jitter, nothing served after that.
	 * @return the defaults
	 */
	public static Freshness defaults() {
		return new Freshness(Duration.ofDays(1), .1, Duration.ZERO);
	}

	/**
	 * Returns how long an answer is served as fresh.
	 * @param draw a random number from 0 to 1
	 * @return the time, up to {@link #ttl()}
	 */
	public Duration fresh(double draw) {
		return Duration.ofMillis(Math.round(this.ttl.toMillis() * (1 - this.jitter * draw)));
	}

}
