package io.github.costwise.pipeline;

/** Draws turns or users for a share of the traffic: equal keys are always drawn alike. */
final class StableHash {

	/** The golden ratio of 32 bits spreads hash codes of similar keys (Knuth). */
	private static final int SPREAD = 0x9E3779B1;

	private StableHash() {
	}

	/** A number from 0 to below 1 that follows from a key. */
	static double of(String key) {
		int hash = key.hashCode() * SPREAD;
		return ((hash ^ (hash >>> 15)) >>> 1) / (double) (1L << 31);
	}

}
