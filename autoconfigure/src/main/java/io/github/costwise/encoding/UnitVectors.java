package io.github.costwise.encoding;

import io.github.costwise.spi.TextEncodingException;

/**
 * Scales vectors to length one.
 *
 * @since 0.1.0
 */
public final class UnitVectors {

	private UnitVectors() {
	}

	/**
	 * Scales a vector in place.
	 * @param vector any vector that has a direction
	 * @return the same array
	 * @throws TextEncodingException if it is empty, zero or not finite
	 */
	public static float[] normalize(float[] vector) {
		double squares = 0;
		for (float element : vector) {
			squares += (double) element * element;
		}
		if (!(squares > 0) || Double.isInfinite(squares)) {
			throw new TextEncodingException("The encoder gave a vector without a direction.", null);
		}
		double length = Math.sqrt(squares);
		for (int i = 0; i < vector.length; i++) {
			vector[i] = (float) (vector[i] / length);
		}
		return vector;
	}

}
