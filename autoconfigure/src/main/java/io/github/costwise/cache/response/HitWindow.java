package io.github.costwise.cache.response;

/**
 * What became of the latest turns, up to 1,000. Thread-safe.
 *
 * @since 0.1.0
 */
public final class HitWindow {

	static final int HIT = 0;

	static final int MISS = 1;

	static final int BYPASS = 2;

	private static final int SIZE = 1_000;

	private final byte[] outcomes = new byte[SIZE];

	private final int[] counts = new int[BYPASS + 1];

	private long added;

	synchronized void add(int outcome) {
		int at = (int) (this.added++ % SIZE);
		if (this.added > SIZE) {
			this.counts[this.outcomes[at]]--;
		}
		this.outcomes[at] = (byte) outcome;
		this.counts[outcome]++;
	}

	/**
	 * Returns how many turns the window holds.
	 * @return 0 to 1,000
	 */
	public synchronized int size() {
		return (int) Math.min(this.added, SIZE);
	}

	/**
	 * Returns the share of turns that the cache answered.
	 * @return 0 to 1; 0 without turns
	 */
	public synchronized double hitRate() {
		return share(HIT);
	}

	/**
	 * Returns the share of turns that were not looked up.
	 * @return 0 to 1; 0 without turns
	 */
	public synchronized double bypassRate() {
		return share(BYPASS);
	}

	private double share(int outcome) {
		return (this.added == 0) ? 0 : (double) this.counts[outcome] / Math.min(this.added, SIZE);
	}

}
