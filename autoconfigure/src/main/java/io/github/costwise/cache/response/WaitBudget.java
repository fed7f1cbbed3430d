package io.github.costwise.cache.response;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.costwise.time.Ticker;

/**
 * How long a turn waits for others that ask the same, from its first waiting on. A turn
 * inside another one has none: what it waits for may wait for it.
 */
final class WaitBudget {

	private final Duration most;

	private final Ticker ticker;

	private boolean tried;

	private long since;

	WaitBudget(Duration most, Ticker ticker) {
		this.most = most;
		this.ticker = ticker;
	}

	boolean isTried() {
		return this.tried;
	}

	boolean isLeft() {
		return waited().compareTo(this.most) < 0;
	}

	CacheStep.AwaitLeader await(CompletableFuture<?> until) {
		if (!isTried()) {
			this.tried = true;
			this.since = this.ticker.read();
		}
		Duration left = this.most.minus(waited());
		return new CacheStep.AwaitLeader(until, left.isNegative() ? Duration.ZERO : left);
	}

	private Duration waited() {
		return isTried() ? Duration.ofNanos(this.ticker.read() - this.since) : Duration.ZERO;
	}

}
