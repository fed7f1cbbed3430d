package io.github.costwise.cache.verify;

import java.util.Arrays;

/**
 * Keeps wrong hits per request under a bound: serves the surest of the latest requests
 * while the sum of their error probabilities stays within the bound. The bound is
 * approached as evidence grows, and the probabilities are corrected by what random checks
 * showed, if that was worse than expected. Not thread-safe.
 * <p>
 * The threshold is the one of risk control by calibrated probabilities; checks are
 * weighed by the inverse of their chance (D. Horvitz and D. Thompson, "A generalization
 * of sampling without replacement from a finite universe", 1952).
 */
final class RiskControl {

	/** Above every probability. */
	static final double NOTHING = 1.1;

	/** How many requests are looked back upon. */
	static final int WINDOW = 1500;

	private static final double FADING = .998;

	private static final int RENEWAL = 25;

	private static final double DOUBT_OF_RATIO = 15;

	private static final double WORST_RATIO = 3;

	/** At so much evidence half of the bound is used. */
	private static final double RAMP = 30;

	private final double delta;

	private final double least;

	private final double[] recent = new double[WINDOW];

	private long requests;

	private int sinceRenewal;

	private double seenWrong;

	private double expectedWrong;

	private long evidence;

	private double threshold = NOTHING;

	RiskControl(double delta, double least) {
		this.delta = delta;
		this.least = least;
	}

	/**
	 * Takes a request.
	 * @param probability how probable the best answer was, negated when the request was a
	 * copy of a stored one: it spends of the bound, but adds nothing to it
	 */
	void addRequest(double probability) {
		this.recent[(int) (this.requests++ % this.recent.length)] = probability;
		this.sinceRenewal++;
	}

	void addEvidence() {
		this.evidence++;
	}

	/**
	 * Takes the outcome of a random check.
	 * @param wrong how probable it is that the hit would have been wrong
	 * @param probability how probable it was held to be right
	 * @param importance for how many requests it stands
	 */
	void addCheck(double wrong, double probability, double importance) {
		this.seenWrong = this.seenWrong * FADING + wrong * importance;
		this.expectedWrong = this.expectedWrong * FADING + (1 - probability) * importance;
	}

	double threshold() {
		if (this.sinceRenewal >= RENEWAL) {
			this.sinceRenewal = 0;
			this.threshold = renewed();
		}
		return this.threshold;
	}

	private double renewed() {
		int size = (int) Math.min(this.requests, this.recent.length);
		double[] sorted = Arrays.copyOf(this.recent, size);
		int copies = 0;
		for (int i = 0; i < size; i++) {
			copies += (sorted[i] < 0) ? 1 : 0;
			sorted[i] = Math.abs(sorted[i]);
		}
		Arrays.sort(sorted);
		double budget = (size - copies) * this.delta * this.evidence / (this.evidence + RAMP) / ratio();
		double surest = NOTHING;
		double surer = NOTHING;
		for (int i = size - 1; i >= 0 && sorted[i] >= this.least; i--) {
			budget -= 1 - sorted[i];
			if (sorted[i] < surest) {
				surer = surest;
				surest = sorted[i];
			}
			if (budget < 0) {
				return surer;
			}
		}
		return surest;
	}

	private double ratio() {
		double ratio = (this.seenWrong + DOUBT_OF_RATIO) / (this.expectedWrong + DOUBT_OF_RATIO);
		return Math.max(1, Math.min(WORST_RATIO, ratio));
	}

}
