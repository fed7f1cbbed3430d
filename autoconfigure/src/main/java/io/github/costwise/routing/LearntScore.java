package io.github.costwise.routing;

import java.util.Arrays;

import io.github.costwise.routing.LinearScore.Link;

/**
 * What labels say of a cheap and a capable model: how good the answer of each is expected
 * to be. The difference is the difficulty of a request. Two expectations tell more than
 * one of the difference, because a request that the cheap model surely answers leaves
 * nothing to gain, however good the capable one is. Immutable and thread-safe as long as
 * its arrays are not changed.
 *
 * @param landmarks labelled requests that others are compared with
 * @param weak what is expected of the cheap model
 * @param strong what is expected of the capable model
 * @param link turns the difficulty into probabilities
 * @since 0.1.0
 */
public record LearntScore(Landmarks landmarks, WeightedOdds weak, WeightedOdds strong, Link link) {

	/**
	 * Creates a score.
	 * @throws IllegalArgumentException if counts or lengths differ
	 */
	public LearntScore {
		landmarks.check(weak);
		landmarks.check(strong);
	}

	/**
	 * Returns this score with another link.
	 * @param link the link
	 * @return a score
	 */
	public LearntScore with(Link link) {
		return new LearntScore(this.landmarks, this.weak, this.strong, link);
	}

	/**
	 * Returns what the capable model is expected to gain on a request.
	 * @param features its standardised features
	 * @param vector its vector
	 * @return -1 to 1, or NaN when the vector is not finite
	 */
	public double of(double[] features, float[] vector) {
		double weak = this.weak.start(features, vector);
		double strong = this.strong.start(features, vector);
		float[] scaled = Landmarks.floats(features);
		for (int i = 0; i < this.landmarks.vectors().length; i++) {
			double likeness = this.landmarks.likeness(scaled, vector, i);
			weak += this.weak.landmarks()[i] * likeness;
			strong += this.strong.landmarks()[i] * likeness;
		}
		return logistic(strong) - logistic(weak);
	}

	private static double logistic(double value) {
		return 1 / (1 + Math.exp(-value));
	}

	/**
	 * The log-odds that the answer of a model is good, as a weighted sum.
	 *
	 * @param features one weight a standardised feature
	 * @param bias added to the sum
	 * @param direction one weight an element of the vector
	 * @param landmarks one weight a landmark, of the likeness to it
	 */
	@SuppressWarnings("ArrayRecordComponent")
	public record WeightedOdds(double[] features, double bias, float[] direction, double[] landmarks) {

		/**
		 * Creates an expectation.
		 * @throws IllegalArgumentException if a number is not finite or the count of
		 * features is wrong
		 */
		public WeightedOdds {
			if (features.length != RequestFeatures.NAMES.size()
					|| !Double.isFinite(bias + Arrays.stream(features).sum() + Arrays.stream(landmarks).sum())) {
				throw new IllegalArgumentException("Wrong weights of what was learnt");
			}
		}

		private double start(double[] values, float[] vector) {
			double sum = this.bias + EncodedScore.dot(vector, this.direction);
			for (int i = 0; i < values.length; i++) {
				sum += this.features[i] * values[i];
			}
			return sum;
		}

	}

	/**
	 * Labelled requests that others are compared with. The likeness of two requests is
	 * twice a Gaussian kernel on their standardised features and twice one on their
	 * vectors, so that either may show that they are alike.
	 *
	 * @param features the standardised features of each
	 * @param vectors the vector of each, of length one
	 */
	@SuppressWarnings("ArrayRecordComponent")
	public record Landmarks(float[][] features, float[][] vectors) {

		/** How fast likeness falls with the angle of vectors. */
		private static final double SHARPNESS = 4;

		private static final double WEIGHT = 2;

		/**
		 * Rounds a vector to what a written model keeps of it: whole numbers of -127 to
		 * 127 with a scale.
		 * @param vector the vector
		 * @return a new vector
		 */
		public static float[] rounded(float[] vector) {
			return ModelText.unpacked(ModelText.packed(vector));
		}

		/**
		 * Returns values in single precision.
		 * @param values the values
		 * @return a new array
		 */
		public static float[] floats(double[] values) {
			float[] floats = new float[values.length];
			for (int i = 0; i < floats.length; i++) {
				floats[i] = (float) values[i];
			}
			return floats;
		}

		private void check(WeightedOdds expectation) {
			if (this.features.length != this.vectors.length || expectation.landmarks().length != this.vectors.length) {
				throw new IllegalArgumentException("Each landmark needs a weight");
			}
			for (int i = 0; i < this.vectors.length; i++) {
				if (this.vectors[i].length != expectation.direction().length
						|| this.features[i].length != expectation.features().length) {
					throw new IllegalArgumentException("Landmarks must be as long as the direction");
				}
			}
		}

		/**
		 * Returns how alike a request and a landmark are.
		 * @param features the standardised features of the request
		 * @param vector its vector
		 * @param index which landmark
		 * @return above 0, at most about 4
		 */
		public double likeness(float[] features, float[] vector, int index) {
			return WEIGHT * (Math.exp(SHARPNESS * (EncodedScore.dot(vector, this.vectors[index]) - 1))
					+ Math.exp(-distance(features, this.features[index]) / (2 * features.length)));
		}

		private static float distance(float[] a, float[] b) {
			float sum = 0;
			for (int i = 0; i < a.length; i++) {
				sum += (a[i] - b[i]) * (a[i] - b[i]);
			}
			return sum;
		}

	}

}
