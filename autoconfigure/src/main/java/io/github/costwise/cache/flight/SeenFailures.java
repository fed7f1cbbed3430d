package io.github.costwise.cache.flight;

import io.github.costwise.cache.flight.Flight.Landing;

/**
 * What one turn that waits for others has seen fail: after two failures, it fails too.
 * For one thread at a time.
 *
 * @since 0.1.0
 */
public final class SeenFailures {

	/** The first call, and the one that is made once more. */
	private static final int MOST = 2;

	private int seen;

	/**
	 * Records a failure.
	 * @param failed how the flight ended that the turn has waited for
	 * @return whether the turn fails with it, rather than ask or wait once more
	 */
	public boolean isLast(Landing.Failed failed) {
		this.seen = Math.max(this.seen + 1, failed.failures());
		return this.seen >= MOST;
	}

}
