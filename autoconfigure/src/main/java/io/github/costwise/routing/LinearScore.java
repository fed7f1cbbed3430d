package io.github.costwise.routing;

import java.util.Arrays;

import io.github.costwise.model.TierProbabilities;

/**
 * A weighted sum of standardised features of a text, and what turns it into
 * probabilities. Immutable and thread-safe as long as its arrays are not changed.
 *
 * @param weights one weight a feature, of the standardised and clipped value
 * @param bias added to the sum
 * @param link turns the sum into probabilities
 * @since 0.1.0
 */
@SuppressWarnings("ArrayRecordComponent")
public record LinearScore(double[] weights, double bias, Link link) {

	/**
	 * Creates a score.
	 * @throws IllegalArgumentException if a number is not finite or their count is wrong
	 */
	public LinearScore {
		if (weights.length != RequestFeatures.NAMES.size() || !Double.isFinite(bias + Arrays.stream(weights).sum())) {
			throw new IllegalArgumentException("Wrong weights of a routing model");
		}
	}

	/**
	 * A proportional-odds link (McCullagh 1980): one slope and one threshold a tier, so
	 * that probabilities rise with the tier whatever the score. The probability of a tier
	 * is the logistic function of its threshold less the slope times the score.
	 *
	 * @param slope how fast probabilities fall with difficulty, above 0
	 * @param light threshold of the light tier
	 * @param standard threshold of the standard tier, not below that of the light one
	 */
	public record Link(double slope, double light, double standard) {

		/**
		 * Creates a link.
		 * @throws IllegalArgumentException if probabilities would not fall with
		 * difficulty or not rise with the tier
		 */
		public Link {
			if (!(slope > 0 && standard >= light && Double.isFinite(slope + light + standard))) {
				throw new IllegalArgumentException("A link must fall with difficulty and rise with the tier");
			}
		}

		/**
		 * Returns how likely each tier is good enough.
		 * @param difficulty the difficulty of a request, possibly infinite
		 * @return the probabilities
		 */
		public TierProbabilities probabilities(double difficulty) {
			return new TierProbabilities(logistic(this.light - this.slope * difficulty),
					logistic(this.standard - this.slope * difficulty), 1);
		}

		private static double logistic(double value) {
			return 1 / (1 + Math.exp(-value));
		}

	}

}
