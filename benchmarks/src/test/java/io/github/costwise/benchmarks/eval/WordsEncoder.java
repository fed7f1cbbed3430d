package io.github.costwise.benchmarks.eval;

import java.util.Locale;

import io.github.costwise.model.CacheVector;
import io.github.costwise.spi.TextEncoder;

/** Encodes which words a text has. */
final class WordsEncoder implements TextEncoder {

	private static final int DIMENSIONS = 256;

	@Override
	public float[] encode(String text) {
		float[] vector = new float[DIMENSIONS];
		vector[0] = .1f;
		for (String word : text.toLowerCase(Locale.ROOT).split("\\W+")) {
			vector[Math.floorMod(word.hashCode() * 31, DIMENSIONS)] += 1;
		}
		return CacheVector.unit(vector);
	}

	@Override
	public int dimensions() {
		return DIMENSIONS;
	}

	@Override
	public boolean isMultilingual() {
		return true;
	}

	@Override
	public String id() {
		return "words";
	}

}
