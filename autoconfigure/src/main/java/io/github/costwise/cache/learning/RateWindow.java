package io.github.costwise.cache.learning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Lets a number of events pass in any period of a length: the times of the latest ones
 * are remembered. Not thread-safe.
 */
final class RateWindow {

	private final int most;

	private final Duration length;

	private final Deque<Instant> passed = new ArrayDeque<>();

	RateWindow(int most, Duration length) {
		this.most = most;
		this.length = length;
	}

	boolean hasRoom(Instant now) {
		Instant begin = now.minus(this.length);
		while (!this.passed.isEmpty() && !this.passed.getFirst().isAfter(begin)) {
			this.passed.removeFirst();
		}
		return this.passed.size() < this.most;
	}

	void pass(Instant now) {
		this.passed.addLast(now);
	}

}
