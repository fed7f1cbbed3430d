package io.github.costwise.cache.response;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * How long a turn waits for others that ask the same, from its first waiting on. A turn
 * inside another one has none: what it waits for may wait for it.
 */
final class Patience {

	private final Duration most;

	private long since;

	Patience(Duration most) {
		this.most = most;
	}

	boolean isTried() {
		return this.since != 0;
	}

	boolean isLeft() {
		return waited().compareTo(this.most) < 0;
	}

	CacheStep.Await await(CompletableFuture<?> until) {
		if (!isTried()) {
			this.since = System.nanoTime();
		}
		Duration left = this.most.minus(waited());
		return new CacheStep.Await(until, left.isNegative() ? Duration.ZERO : left);
	}

	private Duration waited() {
		return isTried() ? Duration.ofNanos(System.nanoTime() - this.since) : Duration.ZERO;
	}

}
