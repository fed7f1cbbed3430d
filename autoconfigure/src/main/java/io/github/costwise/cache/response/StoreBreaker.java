package io.github.costwise.cache.response;

import java.time.Duration;

import io.github.costwise.time.Ticker;

/**
 * Decides when a store is left out: when half of the latest ten requests were slow or
 * failed. After ten seconds one request is let through as a probe, and its end decides
 * whether the store is used again. What was begun in an earlier state changes nothing
 * when it ends. Thread-safe.
 */
final class StoreBreaker {

	/** In place of a permit. */
	static final long REFUSED = -1;

	static final Duration PAUSE = Duration.ofSeconds(10);

	private static final int WINDOW = 10;

	private static final int MOST_BAD = 5;

	private static final int ALL = (1 << WINDOW) - 1;

	private final Ticker ticker;

	private BreakerState state = BreakerState.USED;

	/** Counts the states; each permit is of one. */
	private long era;

	/** The latest ends, one bit each, and how many they are. */
	private int bad;

	private int ends;

	private long since;

	/** The era while nothing bad is remembered, so that good news needs no lock. */
	private volatile long flawless = REFUSED;

	/** The era while the store is used. */
	private volatile long admitted;

	/**
	 * Creates a breaker.
	 * @param ticker tells the time
	 */
	StoreBreaker(Ticker ticker) {
		this.ticker = ticker;
	}

	/** Returns a permit for one request, or {@link #REFUSED}. */
	long admit() {
		long now = this.admitted;
		return (now != REFUSED) ? now : probe();
	}

	private synchronized long probe() {
		if (this.state == BreakerState.USED) {
			return this.era;
		}
		if (this.ticker.read() - this.since < PAUSE.toNanos()) {
			return REFUSED;
		}
		return begin(BreakerState.PROBED);
	}

	/**
	 * Records how a request ended.
	 * @param permit what it was admitted with
	 * @param well whether it was neither slow nor a failure
	 * @return what that changed
	 */
	Change ended(long permit, boolean well) {
		return (well && permit == this.flawless) ? Change.NONE : changed(permit, well);
	}

	private synchronized Change changed(long permit, boolean well) {
		if (permit != this.era) {
			return Change.NONE;
		}
		if (this.state == BreakerState.PROBED) {
			begin(well ? BreakerState.USED : BreakerState.LEFT_OUT);
			return well ? Change.CLOSED : Change.NONE;
		}
		this.bad = (this.bad << 1 | (well ? 0 : 1)) & ALL;
		this.ends = Math.min(this.ends + 1, WINDOW);
		if (this.ends == WINDOW && Integer.bitCount(this.bad) >= MOST_BAD) {
			begin(BreakerState.LEFT_OUT);
			return Change.OPENED;
		}
		this.flawless = (this.ends == WINDOW && this.bad == 0) ? this.era : REFUSED;
		return Change.NONE;
	}

	private long begin(BreakerState next) {
		this.state = next;
		this.era++;
		this.since = this.ticker.read();
		this.bad = 0;
		this.ends = 0;
		this.flawless = REFUSED;
		this.admitted = (next == BreakerState.USED) ? this.era : REFUSED;
		return this.era;
	}

	synchronized BreakerState state() {
		return this.state;
	}

	/** Whether a store is used. */
	enum BreakerState {

		/** It is. */
		USED,

		/** It is not. */
		LEFT_OUT,

		/** One request is in flight that tells. */
		PROBED

	}

	/** What the end of a request changes. */
	enum Change {

		/** Nothing. */
		NONE,

		/** The store is left out from now on. */
		OPENED,

		/** The store is used from now on. */
		CLOSED

	}

}
