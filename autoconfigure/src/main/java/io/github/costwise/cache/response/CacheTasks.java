package io.github.costwise.cache.response;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import io.github.costwise.Faults;

/**
 * What the cache does beside the requests: storing, learning, looking for what other
 * instances do. At most 10,000 tasks wait; more are refused. Thread-safe.
 *
 * @since 0.1.0
 */
public final class CacheTasks implements AutoCloseable {

	private static final long IDLE_SECONDS = 30;

	private final CacheWorkers workers;

	private final ScheduledThreadPoolExecutor timer;

	private final Faults faults;

	private final UnaryOperator<Runnable> keeping;

	/**
	 * Creates an instance; its threads start with the first task and end when idle.
	 * @param faults told what goes wrong
	 */
	public CacheTasks(Faults faults) {
		this(faults, UnaryOperator.identity());
	}

	/**
	 * Creates an instance whose tasks remember what they are for.
	 * @param faults told what goes wrong
	 * @param keeping makes of a task one that does the same with what the thread that
	 * hands it over knows
	 */
	public CacheTasks(Faults faults, UnaryOperator<Runnable> keeping) {
		this.faults = faults;
		this.keeping = keeping;
		ThreadFactory threads = threads();
		this.workers = new CacheWorkers(threads, (task) -> faults.guard(Faults.Kind.CACHE, task));
		this.timer = new ScheduledThreadPoolExecutor(1, threads);
		this.timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
		this.timer.allowCoreThreadTimeOut(true);
		this.timer.setRemoveOnCancelPolicy(true);
	}

	private static ThreadFactory threads() {
		AtomicInteger count = new AtomicInteger();
		return (task) -> {
			Thread thread = new Thread(task, "costwise-cache-" + count.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		};
	}

	/**
	 * Runs a task soon: within about 5 ms, unless others wait.
	 * @param task the task; what it throws is reported
	 * @return whether it was taken
	 */
	public boolean run(Runnable task) {
		return this.workers.run(this.keeping.apply(task));
	}

	/**
	 * Runs a task later.
	 * @param millis in how many milliseconds
	 * @param task the task, which must be short
	 * @return whether it was taken
	 */
	public boolean runAfter(long millis, Runnable task) {
		try {
			this.timer.schedule(() -> run(task), millis, TimeUnit.MILLISECONDS);
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
	}

	/**
	 * Runs a task again and again.
	 * @param interval how long between two runs
	 * @param task the task
	 */
	public void runEvery(Duration interval, Runnable task) {
		try {
			Runnable guarded = () -> this.faults.guard(Faults.Kind.CACHE, () -> run(task));
			this.timer.scheduleWithFixedDelay(guarded, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			this.faults.report(Faults.Kind.CACHE, ex);
		}
	}

	/** Whether no more tasks are taken. */
	boolean isClosed() {
		return this.workers.isClosed();
	}

	/** Runs what waits, for five seconds at the most, and refuses more. */
	@Override
	public void close() {
		this.timer.shutdownNow();
		this.workers.close();
	}

}
