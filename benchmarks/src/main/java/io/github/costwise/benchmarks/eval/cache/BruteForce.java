package io.github.costwise.benchmarks.eval.cache;

import java.util.Arrays;

/**
 * Searches all entries in single precision, one after another: what a look-up is compared
 * with. Of more entries than fit into memory a part is searched, and its time is taken
 * for each part. Not thread-safe.
 */
final class BruteForce {

	private static final int MOST = 100_000;

	private static final int WARM_UP = 5;

	private static final int SEARCHES = 25;

	private static final double NANOS_PER_MICRO = 1000;

	private final SeededClusters clusters;

	private final float[][] entries;

	/** Read by nobody, so that no search is left out. */
	private volatile int nearest;

	BruteForce(SeededClusters clusters) {
		this.clusters = clusters;
		this.entries = new float[Math.min(MOST, clusters.entries())][];
		Arrays.setAll(this.entries, clusters::member);
	}

	/** Returns the median time of a search over all entries. */
	double medianMicros() {
		double[] nanos = new double[SEARCHES];
		for (int i = -WARM_UP; i < SEARCHES; i++) {
			float[] query = this.clusters.query(Math.floorMod(i, SEARCHES));
			long start = System.nanoTime();
			this.nearest = search(query);
			if (i >= 0) {
				nanos[i] = System.nanoTime() - start;
			}
		}
		Arrays.sort(nanos);
		return nanos[SEARCHES / 2] / NANOS_PER_MICRO * this.clusters.entries() / this.entries.length;
	}

	private int search(float[] query) {
		int found = 0;
		float best = Float.NEGATIVE_INFINITY;
		for (int i = 0; i < this.entries.length; i++) {
			float cosine = SeededClusters.dot(this.entries[i], query);
			if (cosine > best) {
				best = cosine;
				found = i;
			}
		}
		return found;
	}

}
