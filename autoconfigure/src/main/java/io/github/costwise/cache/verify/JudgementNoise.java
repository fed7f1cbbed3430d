package io.github.costwise.cache.verify;

/**
 * Which share of equal answers the judgement calls different, as far as it is known. Too
 * high a value would break the bound, too low a one costs hits only: so the lower end of
 * the interval is used (E. Wilson, "Probable inference", 1927; one-sided, 90 %), and
 * nothing before enough pairs were seen. Not thread-safe.
 */
final class JudgementNoise {

	private static final int ENOUGH = 30;

	private static final double MOST = .5;

	private static final double Z = 1.2816;

	private int repeats;

	private int differences;

	void add(boolean same) {
		this.repeats++;
		this.differences += same ? 0 : 1;
	}

	double lower() {
		if (this.repeats < ENOUGH) {
			return 0;
		}
		double n = this.repeats;
		double share = this.differences / n;
		double centre = share + Z * Z / (2 * n);
		double spread = Z * Math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n));
		return Math.max(0, Math.min(MOST, (centre - spread) / (1 + Z * Z / n)));
	}

	/**
	 * Returns how probable it is that an answer is right though it was judged to differ.
	 * @param probability how probable it was before the judgement
	 * @param noise the share of equal answers that are judged to differ
	 */
	static double rightThoughDifferent(double probability, double noise) {
		double mistaken = noise * probability;
		return (mistaken == 0) ? 0 : Math.min(1, mistaken / (mistaken + 1 - probability));
	}

}
