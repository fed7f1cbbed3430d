package io.github.costwise.cache.verify;

import org.jspecify.annotations.Nullable;

/**
 * How a learning group decides. Immutable.
 *
 * @param profile how careful it is at first
 * @param delta the most wrong hits per request, above 0 and below 1
 * @param prior what is believed before the first label, or {@code null} for nothing
 * @param seed the seed of the random checks
 * @since 0.1.0
 */
public record VerifierSettings(VerifierProfile profile, double delta, @Nullable HitPrior prior, long seed) {

	private static final double LEAST = .5;

	private static final double FLOOR_PER_DELTA = 20;

	private static final double STRICT_LEAST = .95;

	private static final double MOST = .95;

	/**
	 * Checks the bound.
	 * @throws IllegalArgumentException if it is not between 0 and 1
	 */
	public VerifierSettings {
		if (!(delta > 0 && delta < 1)) {
			throw new IllegalArgumentException("The bound must be between 0 and 1, not " + delta);
		}
	}

	/** Under this probability nothing is served. */
	double least() {
		double least = Math.min(MOST, Math.max(LEAST, 1 - FLOOR_PER_DELTA * this.delta));
		return this.profile.isStrict() ? Math.max(STRICT_LEAST, least) : least;
	}

}
