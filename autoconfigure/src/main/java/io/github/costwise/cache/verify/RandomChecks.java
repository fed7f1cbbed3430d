package io.github.costwise.cache.verify;

import java.util.SplittableRandom;

/**
 * Picks would-be hits for which the model is asked all the same, the more of them the
 * less sure they are, so that labels land where errors are. Thread-safe.
 */
final class RandomChecks {

	private static final double PER_DOUBT = 3;

	private static final double LEAST = .005;

	private static final double MOST = .3;

	private final SplittableRandom random;

	RandomChecks(long seed) {
		this.random = new SplittableRandom(seed);
	}

	/**
	 * Draws for a request.
	 * @param probability how probable it is that the hit would be right
	 * @return for how many requests this one stands when it is picked, otherwise 0
	 */
	double draw(double probability) {
		double share = Math.min(Math.max(PER_DOUBT * (1 - probability), LEAST), MOST);
		return (next() < share) ? 1 / share : 0;
	}

	private synchronized double next() {
		return this.random.nextDouble();
	}

}
