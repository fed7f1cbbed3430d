package io.github.costwise.benchmarks.eval.cache;

/**
 * What a run gave.
 *
 * @param outcomes for each request in order: whether it was a hit, and a wrong one
 * @param repeats how often a prompt was asked twice to measure how judgements err
 * @param lookupNanos how long finding neighbours and deciding took, for each request
 * @param decisionNanos how long deciding took, for each request
 * @since 0.1.0
 */
public record StreamResult(StreamOutcome[] outcomes, int repeats, long[] lookupNanos, long[] decisionNanos) {

	private static final int WINDOW = 1000;

	/**
	 * Counts hits.
	 * @param from the first request
	 * @return right and wrong ones
	 */
	public int hits(int from) {
		return count(from, StreamOutcome.RIGHT) + wrong(from);
	}

	/**
	 * Counts wrong hits.
	 * @param from the first request
	 * @return how many
	 */
	public int wrong(int from) {
		return count(from, StreamOutcome.WRONG);
	}

	/**
	 * Returns the largest share of wrong hits in 1,000 consecutive requests.
	 * @return from 0 to 1
	 */
	public double worstWindow() {
		int window = Math.min(WINDOW, this.outcomes.length);
		int wrong = 0;
		int worst = 0;
		for (int i = 0; i < this.outcomes.length; i++) {
			wrong += (this.outcomes[i] == StreamOutcome.WRONG) ? 1 : 0;
			wrong -= (i >= window && this.outcomes[i - window] == StreamOutcome.WRONG) ? 1 : 0;
			worst = Math.max(worst, wrong);
		}
		return worst / (double) Math.max(1, window);
	}

	private int count(int from, StreamOutcome outcome) {
		int count = 0;
		for (int i = from; i < this.outcomes.length; i++) {
			count += (this.outcomes[i] == outcome) ? 1 : 0;
		}
		return count;
	}

	/**
	 * What became of a request.
	 *
	 * @since 0.1.0
	 */
	public enum StreamOutcome {

		/** The model was asked. */
		MISS,

		/** The right answer was served. */
		RIGHT,

		/** A wrong answer was served. */
		WRONG

	}

}
