package io.github.costwise.pipeline;

/**
 * Counts good and bad answers, old ones less and less. Thread-safe.
 *
 * @since 0.1.0
 */
public final class QualitySignal {

	/** Half the weight after about 690 turns. */
	private static final double KEEP = .999;

	/** One-sided 95 %. */
	private static final double Z = 1.645;

	private double turns;

	private double good;

	private long seen;

	synchronized void add(boolean wasGood) {
		this.turns = KEEP * this.turns + 1;
		this.good = KEEP * this.good + (wasGood ? 1 : 0);
		this.seen++;
	}

	/**
	 * Returns the share of good answers of late.
	 * @return 0 to 1; 1 before the first
	 */
	public synchronized double share() {
		return (this.turns > 0) ? this.good / this.turns : 1;
	}

	/**
	 * Returns how many turns were rated.
	 * @return the count
	 */
	public synchronized long seen() {
		return this.seen;
	}

	/**
	 * Tells whether even the upper confidence limit of the share is below a bound, by the
	 * score interval of Wilson (1927).
	 */
	synchronized boolean isBelow(double bound, int leastTurns) {
		if (this.seen < leastTurns) {
			return false;
		}
		double share = this.good / this.turns;
		double spread = Z * Math.sqrt(share * (1 - share) / this.turns + Z * Z / (4 * this.turns * this.turns));
		double upper = (share + Z * Z / (2 * this.turns) + spread) / (1 + Z * Z / this.turns);
		return upper < bound;
	}

}
