package io.github.costwise.cache.learning;

import io.github.costwise.encoding.UnitVectors;
import io.github.costwise.spi.TextEncoder;

/** An encoder that counts words, and holds all texts to be alike to some degree. */
class WordBagEncoder implements TextEncoder {

	private static final int DIMENSIONS = 512;

	@Override
	public float[] encode(String text) {
		float[] vector = new float[DIMENSIONS + 1];
		vector[DIMENSIONS] = 8;
		for (String word : text.toLowerCase().split("\\W+")) {
			vector[Math.floorMod(word.hashCode() * 31, DIMENSIONS)]++;
		}
		return UnitVectors.normalize(vector);
	}

	@Override
	public int dimensions() {
		return DIMENSIONS + 1;
	}

	@Override
	public String id() {
		return "words";
	}

}
