package io.github.costwise.benchmarks.eval.cache;

import java.util.SplittableRandom;

import io.github.costwise.spi.TextEncoder;

/**
 * An encoder to which all texts are alike: their cosines are about .99. Only partitions
 * keep their answers apart. Thread-safe.
 *
 * @param id tells it from others
 */
record ToyEncoder(String id) implements TextEncoder {

	private static final double SPREAD = .1;

	@Override
	public float[] encode(String text) {
		SplittableRandom random = new SplittableRandom(text.hashCode());
		float[] vector = new float[dimensions()];
		double squares = 0;
		for (int i = 0; i < vector.length; i++) {
			double sign = (i % 2 == 0) ? 1 : -1;
			vector[i] = (float) (sign * (1 + SPREAD * (2 * random.nextDouble() - 1)));
			squares += vector[i] * vector[i];
		}
		for (int i = 0; i < vector.length; i++) {
			vector[i] *= (float) (1 / Math.sqrt(squares));
		}
		return vector;
	}

	@Override
	public int dimensions() {
		return SeededClusters.DIMENSION;
	}

}
