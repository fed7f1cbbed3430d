package io.github.costwise.embedding;

import java.nio.FloatBuffer;

import io.github.costwise.encoding.UnitVectors;

/**
 * What a model gave for the tokens of some texts.
 *
 * @param values rows of tokens of elements
 * @param width tokens of a row, padding included; one if the model pools itself
 * @param dimensions elements of a token's vector
 */
record TokenVectors(FloatBuffer values, int width, int dimensions) {

	/** Padding is left out. */
	float[] text(int row, int tokens, Pooling pooling) {
		int counted = (pooling == Pooling.CLS) ? 1 : Math.min(tokens, this.width);
		float[] sum = new float[this.dimensions];
		float[] token = new float[this.dimensions];
		for (int i = 0; i < counted; i++) {
			this.values.get((row * this.width + i) * this.dimensions, token);
			for (int d = 0; d < sum.length; d++) {
				sum[d] += token[d];
			}
		}
		return UnitVectors.normalize(sum);
	}

}
