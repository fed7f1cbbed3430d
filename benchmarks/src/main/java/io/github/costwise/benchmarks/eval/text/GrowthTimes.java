package io.github.costwise.benchmarks.eval.text;

/**
 * The least times that a text and one of four times its length took, and whether they
 * tell enough. Other work and code that is not compiled yet only ever add to a time, so
 * the least of several comes nearest to the truth. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class GrowthTimes {

	/** Who takes less nanoseconds for the longer text does not read it. */
	private static final double NOISE_NANOS = 200_000;

	/** Growth up to here needs no further measurement. */
	private static final double PLAIN = 5;

	/**
	 * A time that a round lowers by more than this share still falls, as code gets warm.
	 */
	private static final double FALLING = .1;

	private double few = Double.MAX_VALUE;

	private double many = Double.MAX_VALUE;

	private boolean steady;

	/**
	 * Adds a round.
	 * @param fewNanos what the text took, in nanoseconds, more than 0
	 * @param manyNanos what the longer text took, in nanoseconds
	 */
	public void add(double fewNanos, double manyNanos) {
		this.steady = fewNanos > (1 - FALLING) * this.few;
		this.few = Math.min(this.few, fewNanos);
		this.many = Math.min(this.many, manyNanos);
	}

	/**
	 * Returns whether further rounds could tell nothing of interest. A ratio of a first
	 * time that is still falling is too small, and not believed.
	 * @return whether the longer text takes next to nothing, or growth is plain
	 */
	public boolean isPlain() {
		return isNoise() || (this.steady && ratio() <= PLAIN);
	}

	/**
	 * Returns how the time grows.
	 * @return how many times as long the longer text takes, 0 if it takes next to nothing
	 */
	public double ratio() {
		return isNoise() ? 0 : this.many / this.few;
	}

	private boolean isNoise() {
		return this.many < NOISE_NANOS;
	}

}
