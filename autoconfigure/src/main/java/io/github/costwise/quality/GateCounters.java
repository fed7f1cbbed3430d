package io.github.costwise.quality;

import io.github.costwise.Money;

/**
 * Counts what a gate costs and saves, and tells when it does not pay: when the cheap
 * calls, the second opinions and the capable calls after them come to more than the
 * capable model alone would have. Old requests count less and less. While it does not
 * pay, one request in some still goes through the gate, so that it can come back.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class GateCounters {

	private static final int LEAST = 50;

	private static final int PROBE = 20;

	/** Half the weight after about 350 requests. */
	private static final double KEEP = .998;

	/** It must save more to come back than it must lose to go. */
	private static final double BACK = .95;

	private double spent;

	private double alone;

	private long gated;

	private long escalated;

	private long skipped;

	private boolean off;

	/**
	 * Returns whether the gate should be asked.
	 * @return whether it pays, is not yet known, or is to be tried again
	 */
	public synchronized boolean ask() {
		if (!this.off) {
			return true;
		}
		this.skipped++;
		return this.skipped % PROBE == 0;
	}

	/**
	 * Counts a request that went through the gate.
	 * @param spent what all its calls cost
	 * @param alone what the capable model alone costs, counted or estimated
	 * @param escalated whether the cheap answer was replaced
	 */
	public synchronized void count(Money spent, Money alone, boolean escalated) {
		this.spent = KEEP * this.spent + spent.nanos();
		this.alone = KEEP * this.alone + alone.nanos();
		this.gated++;
		this.escalated += escalated ? 1 : 0;
		if (this.gated >= LEAST) {
			this.off = this.spent >= this.alone * (this.off ? BACK : 1);
		}
	}

	/**
	 * Returns what was counted.
	 * @return a snapshot
	 */
	public synchronized GateState state() {
		return new GateState(this.gated, this.escalated, this.skipped, (this.alone > 0) ? this.spent / this.alone : 0,
				!this.off);
	}

	/**
	 * What was counted.
	 *
	 * @param gated requests that went through the gate
	 * @param escalated those whose cheap answer was replaced
	 * @param skipped requests while the gate was off
	 * @param costRatio what the gate costs, as a share of the capable model alone, of
	 * late
	 * @param paying whether the gate is on
	 */
	public record GateState(long gated, long escalated, long skipped, double costRatio, boolean paying) {

	}

}
