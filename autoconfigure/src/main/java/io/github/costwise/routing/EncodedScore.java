package io.github.costwise.routing;

import org.jspecify.annotations.Nullable;

/**
 * The score of a text that has a vector: what holds without labels, and what labels say
 * where there are some. Immutable and thread-safe as long as its arrays are not changed.
 *
 * @param encoder id of the encoder that the vectors come from
 * @param features the weights of the features beside the vector
 * @param direction one weight an element of the vector
 * @param learnt what labels say, which then decides alone, or {@code null} without them
 * @since 0.1.0
 */
@SuppressWarnings("ArrayRecordComponent")
public record EncodedScore(String encoder, LinearScore features, float[] direction, @Nullable LearntScore learnt) {

	/**
	 * Creates a score.
	 * @throws IllegalArgumentException if what was learnt is about vectors of another
	 * length
	 */
	public EncodedScore {
		if (learnt != null && learnt.weak().direction().length != direction.length) {
			throw new IllegalArgumentException("Landmarks must be as long as the direction");
		}
	}

	/**
	 * Returns what a vector adds to the score that holds without labels.
	 * @param vector the vector
	 * @return its part of the difficulty
	 */
	public double of(float[] vector) {
		return dot(vector, this.direction);
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

}
