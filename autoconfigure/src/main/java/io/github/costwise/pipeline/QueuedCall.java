package io.github.costwise.pipeline;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.costwise.budget.queue.Waiter;

/**
 * A call that waits for room in a budget. It is the same call each time that it tries.
 * Thread-safe.
 *
 * @param call what is asked
 * @param waiter its place in the queue
 */
record QueuedCall(CallMeter.CallFacts call, Waiter waiter) implements Reserved, Holding {

	CompletableFuture<Void> turn() {
		return this.waiter.turn();
	}

	Duration left() {
		return this.waiter.left();
	}

	/** Whether its time is up, and it is not its turn. */
	boolean isOver() {
		return !this.waiter.turn().isDone();
	}

	void leave() {
		this.waiter.leave();
	}

}
