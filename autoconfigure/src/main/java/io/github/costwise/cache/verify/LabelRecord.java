package io.github.costwise.cache.verify;

/**
 * What one fresh answer taught, as numbers. Immutable by convention: nobody changes the
 * arrays.
 *
 * @param passed the probabilities of the requests that were decided since the record
 * before and taught nothing
 * @param features the features, or none when the record only carries {@code passed}
 * @param probability how probable the answer was held to be right
 * @param importance for how many requests the label stands, 0 when it was no random check
 * @param guards the guards that objected, one bit each
 * @param groups the groups that the fresh answer was compared with, the best first
 * @param equal for each group a bit, the lowest for the first: whether the answer was
 * equal
 * @param repeat what asking the same text twice showed
 * @since 0.1.0
 */
public record LabelRecord(float[] passed, float[] features, float probability, float importance, int guards,
		long[] groups, int equal, Repeat repeat) {

	static LabelRecord repeat(float[] passed, boolean same) {
		return new LabelRecord(passed, new float[0], 0, 0, 0, new long[0], 0, same ? Repeat.SAME : Repeat.DIFFERENT);
	}

	/**
	 * Reads a record.
	 * @param bytes what {@link #toBytes()} returned, possibly of an earlier version: then
	 * the record teaches nothing
	 * @return the record
	 * @throws IllegalArgumentException if the bytes are something else
	 */
	public static LabelRecord of(byte[] bytes) {
		return LabelRecordCodec.read(bytes);
	}

	/**
	 * Writes the record.
	 * @return about 200 bytes
	 */
	public byte[] toBytes() {
		return LabelRecordCodec.write(this);
	}

	double[] toFeatures() {
		double[] numbers = new double[this.features.length];
		for (int i = 0; i < numbers.length; i++) {
			numbers[i] = this.features[i];
		}
		return numbers;
	}

	boolean isSame() {
		return (this.equal & 1) != 0;
	}

	boolean hasLabel() {
		return this.features.length == FeatureVector.SIZE;
	}

	boolean isCheck() {
		return this.importance > 0;
	}

	/**
	 * What asking the same text twice showed.
	 *
	 * @since 0.1.0
	 */
	public enum Repeat {

		/** It was not asked twice. */
		NONE,

		/** The two answers were judged to be the same. */
		SAME,

		/** The two answers were judged to differ. */
		DIFFERENT

	}

}
