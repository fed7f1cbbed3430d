package io.github.costwise.cache.verify;

/**
 * The probabilities of requests that taught nothing, until the next record takes them
 * along; the latest {@value RiskControl#WINDOW} of them, since older ones count for
 * nothing. Thread-safe.
 */
final class PassedRequests {

	private final float[] latest = new float[RiskControl.WINDOW];

	private long count;

	/**
	 * Adds a request.
	 * @param probability how probable the best answer was, as
	 * {@link RiskControl#addRequest} takes it
	 */
	synchronized void add(double probability) {
		this.latest[(int) (this.count++ % this.latest.length)] = (float) probability;
	}

	/**
	 * Takes what was added.
	 * @return the probabilities, the oldest first
	 */
	synchronized float[] take() {
		float[] taken = new float[(int) Math.min(this.count, this.latest.length)];
		for (int i = 0; i < taken.length; i++) {
			taken[i] = this.latest[(int) ((this.count - taken.length + i) % this.latest.length)];
		}
		this.count = 0;
		return taken;
	}

}
