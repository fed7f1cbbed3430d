package io.github.costwise.cache.response;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import io.github.costwise.background.Team;

/**
 * Two threads that run what callers leave to them. Waking a thread would cost a caller
 * more than all else that the cache does for a turn. So a thread that has nothing to do
 * looks again every 5 ms for a while, and callers wake one only when none is about to
 * look. Thread-safe.
 */
class CacheWorkers {

	private static final int THREADS = 2;

	private static final int WAITING = 10_000;

	private static final long CLOSE_SECONDS = 5;

	/**
	 * So long that what waits by then is run for few enough callers' disturbance, where a
	 * caller has to give up its processor to this thread.
	 */
	private static final long NAP_NANOS = 5_000_000;

	private static final int NAPS = 4;

	private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

	private final AtomicInteger waitingCount = new AtomicInteger();

	private final AtomicInteger working = new AtomicInteger();

	/** Whether a thread is about to look for tasks. */
	private final AtomicBoolean lingering = new AtomicBoolean();

	private final ThreadPoolExecutor threads;

	private final Consumer<Runnable> runner;

	private volatile boolean closed;

	CacheWorkers(Team team, Consumer<Runnable> runner) {
		this.threads = team.loops(THREADS, WAITING);
		team.waiting(this.waitingCount::get);
		this.runner = runner;
	}

	boolean isClosed() {
		return this.closed;
	}

	/** Runs a task soon; returns whether it was taken. */
	boolean run(Runnable task) {
		if (this.closed) {
			return false;
		}
		if (this.waitingCount.incrementAndGet() > WAITING) {
			this.waitingCount.decrementAndGet();
			return false;
		}
		this.waiting.add(task);
		if (this.lingering.get() || begin() || !this.waiting.remove(task)) {
			return true;
		}
		this.waitingCount.decrementAndGet();
		return false;
	}

	/** Lets one more thread work, unless all do; returns whether any does. */
	private boolean begin() {
		int now = this.working.get();
		while (now < THREADS && !this.working.compareAndSet(now, now + 1)) {
			now = this.working.get();
		}
		return now >= THREADS || execute();
	}

	private boolean execute() {
		try {
			this.threads.execute(this::work);
			return true;
		}
		catch (RejectedExecutionException ex) {
			return this.working.decrementAndGet() > 0;
		}
	}

	/**
	 * Whoever adds a task and finds this thread lingering, or both at work, has added it
	 * before this thread looks for the last time.
	 */
	private void work() {
		try {
			do {
				runWaiting();
			}
			while (linger());
		}
		finally {
			this.working.decrementAndGet();
			if (!this.waiting.isEmpty() && !begin()) {
				runWaiting();
			}
		}
	}

	private void runWaiting() {
		Runnable task = this.waiting.poll();
		while (task != null) {
			this.waitingCount.decrementAndGet();
			if (!this.waiting.isEmpty()) {
				begin();
			}
			this.runner.accept(task);
			task = this.waiting.poll();
		}
	}

	/** Waits a while for tasks, unless another thread does; returns whether some came. */
	private boolean linger() {
		if (!this.lingering.compareAndSet(false, true)) {
			return false;
		}
		try {
			for (int i = 0; i < NAPS && this.waiting.isEmpty() && !this.closed; i++) {
				LockSupport.parkNanos(this, NAP_NANOS);
			}
		}
		finally {
			this.lingering.set(false);
		}
		return !this.waiting.isEmpty();
	}

	/** Runs what waits, for five seconds at the most, and refuses more. */
	void close() {
		this.closed = true;
		this.threads.shutdown();
		try {
			if (!this.threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
				giveUp();
			}
		}
		catch (InterruptedException ex) {
			giveUp();
			Thread.currentThread().interrupt();
		}
	}

	private void giveUp() {
		this.waiting.clear();
		this.threads.shutdownNow();
	}

}
