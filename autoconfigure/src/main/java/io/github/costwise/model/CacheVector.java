package io.github.costwise.model;

import java.util.Arrays;

/**
 * A vector as the cache keeps it: one signed byte a number, scaled so that the largest is
 * 127. Its length is not kept, because only angles are compared. The error of a cosine is
 * about .0004 at 384 numbers. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class CacheVector {

	/** Most numbers that a vector may have. */
	public static final int MAX_DIMENSION = 65_535;

	private final byte[] codes;

	private CacheVector(byte[] codes) {
		this.codes = codes;
	}

	/**
	 * Rounds a vector.
	 * @param vector the vector, of any length but zero
	 * @return the rounded vector
	 * @throws IllegalArgumentException if all numbers are zero, one is not finite, or
	 * there are none or too many
	 */
	public static CacheVector of(float[] vector) {
		unit(vector);
		float largest = 0;
		for (float number : vector) {
			largest = Math.max(largest, Math.abs(number));
		}
		byte[] codes = new byte[vector.length];
		for (int i = 0; i < codes.length; i++) {
			codes[i] = (byte) Math.round(vector[i] / largest * Byte.MAX_VALUE);
		}
		return new CacheVector(codes);
	}

	/**
	 * Wraps a rounded vector.
	 * @param codes what {@link #codes()} returned
	 * @return the vector
	 */
	public static CacheVector ofCodes(byte[] codes) {
		return new CacheVector(codes.clone());
	}

	/**
	 * Scales a vector to length 1.
	 * @param vector the vector
	 * @return a copy of length 1
	 * @throws IllegalArgumentException if all numbers are zero, one is not finite, or
	 * there are none or too many
	 */
	public static float[] unit(float[] vector) {
		double squares = 0;
		for (float number : vector) {
			squares += (double) number * number;
		}
		if (vector.length > MAX_DIMENSION || !(squares > 0) || Double.isInfinite(squares)) {
			throw new IllegalArgumentException("Not a vector with a direction, of " + vector.length + " numbers");
		}
		float[] unit = new float[vector.length];
		double scale = 1 / Math.sqrt(squares);
		for (int i = 0; i < unit.length; i++) {
			unit[i] = (float) (vector[i] * scale);
		}
		return unit;
	}

	/**
	 * Returns how many numbers the vector has.
	 * @return the dimension
	 */
	public int dimension() {
		return this.codes.length;
	}

	/**
	 * Returns the numbers, rounded.
	 * @return a copy
	 */
	public byte[] codes() {
		return this.codes.clone();
	}

	/**
	 * Returns the numbers scaled to length 1, as far as rounding allows.
	 * @return a new array
	 */
	public float[] toUnit() {
		float[] vector = new float[this.codes.length];
		for (int i = 0; i < vector.length; i++) {
			vector[i] = this.codes[i];
		}
		return unit(vector);
	}

	/**
	 * Computes the cosine of this vector and another.
	 * @param unit a vector of length 1 and the same dimension
	 * @return from -1 to 1
	 */
	public double cosine(float[] unit) {
		return cosine(unit, this.codes, 0);
	}

	/**
	 * Computes the cosine of a vector and a rounded one that lies in a larger array.
	 * @param unit a vector of length 1
	 * @param bytes holds the rounded vector
	 * @param offset where it begins
	 * @return from -1 to 1
	 */
	public static double cosine(float[] unit, byte[] bytes, int offset) {
		float even = 0;
		float odd = 0;
		int squares = 0;
		int last = unit.length - 1;
		for (int i = 0; i < last; i += 2) {
			int first = bytes[offset + i];
			int second = bytes[offset + i + 1];
			even += unit[i] * first;
			odd += unit[i + 1] * second;
			squares += first * first + second * second;
		}
		if (last % 2 == 0) {
			int code = bytes[offset + last];
			even += unit[last] * code;
			squares += code * code;
		}
		return Math.max(-1, Math.min(1, (even + (double) odd) / Math.sqrt(squares)));
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof CacheVector vector && Arrays.equals(this.codes, vector.codes);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.codes);
	}

	@Override
	public String toString() {
		return "CacheVector[dimension=" + this.codes.length + "]";
	}

}
