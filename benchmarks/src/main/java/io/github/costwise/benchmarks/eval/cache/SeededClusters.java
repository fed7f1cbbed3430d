package io.github.costwise.benchmarks.eval.cache;

import java.util.SplittableRandom;

/**
 * Vectors in clusters of 20 around random centres, at cosines to their centre that are
 * uniform in .60 to .98. Each vector is made from its number alone, so that none needs to
 * be kept. Thread-safe.
 *
 * @param seed decides all vectors
 * @param entries how many members there are
 */
record SeededClusters(long seed, int entries) {

	static final int DIMENSION = 384;

	private static final int MEMBERS = 20;

	private static final double LEAST = .60;

	private static final double GREATEST = .98;

	private static final int OLD_MEMBER_EVERY = 10;

	int clusters() {
		return Math.max(1, this.entries / MEMBERS);
	}

	int clusterOf(int entry) {
		return entry % clusters();
	}

	float[] member(int entry) {
		return member(clusterOf(entry), random(1, entry));
	}

	/**
	 * Returns a query: every tenth a member, the others new members of random clusters.
	 * @param number the number of the query
	 * @return its vector
	 */
	float[] query(int number) {
		SplittableRandom random = random(2, number);
		if (number % OLD_MEMBER_EVERY == OLD_MEMBER_EVERY - 1) {
			return member(random.nextInt(this.entries));
		}
		return member(random.nextInt(clusters()), random);
	}

	private float[] member(int cluster, SplittableRandom random) {
		float[] centre = direction(random(3, cluster));
		double cosine = LEAST + (GREATEST - LEAST) * random.nextDouble();
		float[] across = direction(random);
		double along = dot(centre, across);
		for (int i = 0; i < DIMENSION; i++) {
			across[i] -= (float) (along * centre[i]);
		}
		double scale = Math.sqrt((1 - cosine * cosine) / dot(across, across));
		for (int i = 0; i < DIMENSION; i++) {
			across[i] = (float) (cosine * centre[i] + scale * across[i]);
		}
		return across;
	}

	private static float[] direction(SplittableRandom random) {
		float[] vector = new float[DIMENSION];
		for (int i = 0; i < DIMENSION; i += 2) {
			double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
			double angle = 2 * Math.PI * random.nextDouble();
			vector[i] = (float) (radius * Math.cos(angle));
			vector[i + 1] = (float) (radius * Math.sin(angle));
		}
		double scale = 1 / Math.sqrt(dot(vector, vector));
		for (int i = 0; i < DIMENSION; i++) {
			vector[i] *= (float) scale;
		}
		return vector;
	}

	private SplittableRandom random(int kind, long number) {
		return new SplittableRandom((this.seed * 31 + kind) * 1_000_000_007L + number * 0x9E3779B97F4A7C15L);
	}

	static float dot(float[] a, float[] b) {
		float first = 0;
		float second = 0;
		float third = 0;
		float fourth = 0;
		for (int i = 0; i < DIMENSION; i += 4) {
			first += a[i] * b[i];
			second += a[i + 1] * b[i + 1];
			third += a[i + 2] * b[i + 2];
			fourth += a[i + 3] * b[i + 3];
		}
		return first + second + third + fourth;
	}

}
