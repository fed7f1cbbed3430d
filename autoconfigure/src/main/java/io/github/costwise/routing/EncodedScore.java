package io.github.costwise.routing;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * What a vector adds to the score of a text: a linear part, and a part that looks at how
 * near the vector is to texts with known labels. Immutable and thread-safe as long as its
 * arrays are not changed.
 *
 * @param encoder id of the encoder that the vectors come from
 * @param features the weights of the features beside the vector
 * @param direction one weight an element of the vector
 * @param landmarks labelled texts, or {@code null} without them
 * @since 0.1.0
 */
@SuppressWarnings("ArrayRecordComponent")
public record EncodedScore(String encoder, LinearScore features, float[] direction, @Nullable Landmarks landmarks) {

	/**
	 * Creates a score.
	 * @throws IllegalArgumentException if landmarks have another length than the
	 * direction
	 */
	public EncodedScore {
		if (landmarks != null
				&& Arrays.stream(landmarks.vectors()).anyMatch((vector) -> vector.length != direction.length)) {
			throw new IllegalArgumentException("Landmarks must be as long as the direction");
		}
	}

	/**
	 * Returns what a vector adds to the score.
	 * @param vector the vector
	 * @return its part of the difficulty
	 */
	public double of(float[] vector) {
		double sum = dot(vector, this.direction);
		return (this.landmarks != null) ? sum + this.landmarks.of(vector) : sum;
	}

	/** Four sums at a time, because one would wait for itself. */
	static float dot(float[] a, float[] b) {
		float s0 = 0;
		float s1 = 0;
		float s2 = 0;
		float s3 = 0;
		int i = 0;
		for (; i + 3 < a.length; i += 4) {
			s0 += a[i] * b[i];
			s1 += a[i + 1] * b[i + 1];
			s2 += a[i + 2] * b[i + 2];
			s3 += a[i + 3] * b[i + 3];
		}
		for (; i < a.length; i++) {
			s0 += a[i] * b[i];
		}
		return s0 + s1 + s2 + s3;
	}

	/**
	 * Labelled texts that a vector is compared with: the weighted sum of
	 * {@code exp(sharpness * (cosine - 1))}, which is a Gaussian kernel on vectors of
	 * length one.
	 *
	 * @param sharpness how fast likeness falls with the angle, above 0
	 * @param vectors the vectors of the texts, of length one
	 * @param weights one weight a vector
	 */
	@SuppressWarnings("ArrayRecordComponent")
	public record Landmarks(double sharpness, float[][] vectors, double[] weights) {

		/**
		 * Creates landmarks.
		 * @throws IllegalArgumentException if counts differ or the sharpness is not above
		 * 0
		 */
		public Landmarks {
			if (vectors.length != weights.length || !(sharpness > 0)) {
				throw new IllegalArgumentException("Each landmark needs a weight");
			}
		}

		/**
		 * Rounds a vector to what a written model keeps of it: whole numbers of -127 to
		 * 127 with a scale.
		 * @param vector the vector
		 * @return a new vector
		 */
		public static float[] rounded(float[] vector) {
			return ModelText.unpacked(ModelText.packed(vector));
		}

		double of(float[] vector) {
			double sum = 0;
			for (int i = 0; i < this.weights.length; i++) {
				sum += this.weights[i] * likeness(vector, i);
			}
			return sum;
		}

		/**
		 * Returns how near a vector is to a landmark.
		 * @param vector the vector
		 * @param index which landmark
		 * @return above 0, at most about 1
		 */
		public double likeness(float[] vector, int index) {
			return Math.exp(this.sharpness * (dot(vector, this.vectors[index]) - 1));
		}

	}

}
