package io.github.costwise.budget.jdbc;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.github.costwise.time.Timers;

/**
 * Lets some through at a time; others wait in the order in which they came. Thread-safe.
 */
final class Permits {

	private final Queue<CompletableFuture<Void>> waiting = new ArrayDeque<>();

	private final Timers timers;

	private int free;

	Permits(int most, Timers timers) {
		this.free = most;
		this.timers = timers;
	}

	/** Returns whether a permit was there in time. */
	boolean take(Duration patience) throws InterruptedException {
		CompletableFuture<Void> turn = queue();
		if (turn == null) {
			return true;
		}
		try {
			return this.timers.await(turn, patience) || !leave(turn);
		}
		catch (InterruptedException ex) {
			if (!leave(turn)) {
				giveBack();
			}
			throw ex;
		}
	}

	/** Returns what to wait for, or {@code null} when a permit was there. */
	private synchronized @Nullable CompletableFuture<Void> queue() {
		if (this.free > 0) {
			this.free--;
			return null;
		}
		CompletableFuture<Void> turn = new CompletableFuture<>();
		this.waiting.add(turn);
		return turn;
	}

	/** Returns whether it waits no more, rather than having its turn already. */
	private synchronized boolean leave(CompletableFuture<Void> turn) {
		return this.waiting.remove(turn);
	}

	void giveBack() {
		CompletableFuture<Void> next = next();
		if (next != null) {
			next.complete(null);
		}
	}

	private synchronized @Nullable CompletableFuture<Void> next() {
		CompletableFuture<Void> next = this.waiting.poll();
		if (next == null) {
			this.free++;
		}
		return next;
	}

}
