package io.github.costwise.cache.response;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

import io.github.costwise.background.Team;

/** Keeps what is left to it until the test does it, on the test's thread. Thread-safe. */
final class HeldTasks extends CacheWorkers {

	private final Queue<Runnable> held = new ConcurrentLinkedQueue<>();

	private final Consumer<Runnable> runner;

	private volatile boolean full;

	private volatile boolean closed;

	HeldTasks(Team team, Consumer<Runnable> runner) {
		super(team, runner);
		this.runner = runner;
	}

	/** Refuses more from now on, or no longer. */
	void full(boolean now) {
		this.full = now;
	}

	/** Does what waits, and what that leaves to it; returns how much it was. */
	int doAll() {
		int done = 0;
		for (Runnable task = this.held.poll(); task != null; task = this.held.poll()) {
			this.runner.accept(task);
			done++;
		}
		return done;
	}

	int waiting() {
		return this.held.size();
	}

	@Override
	boolean run(Runnable task) {
		return !this.full && !this.closed && this.held.add(task);
	}

	@Override
	boolean isClosed() {
		return this.closed;
	}

	@Override
	void close() {
		this.closed = true;
	}

}
