package io.github.costwise.cache.response;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;

import io.github.costwise.background.Background;
import io.github.costwise.background.Team;
import io.github.costwise.faults.Faults;
import io.github.costwise.time.Alarm;
import io.github.costwise.time.Time;

/**
 * What the cache does in the background: storing, learning, looking for what other
 * instances do. At most 10,000 tasks wait; more are refused. Thread-safe.
 *
 * @since 0.1.0
 */
public final class CacheTasks implements AutoCloseable {

	private final Team team;

	private final CacheWorkers workers;

	private final Set<Alarm> repeated = ConcurrentHashMap.newKeySet();

	private final Time time;

	private final Background background;

	/**
	 * Creates an instance; its threads start with the first task and end when idle.
	 * @param background runs background tasks, and reports failures
	 * @param time tells the time, and waits
	 */
	public CacheTasks(Background background, Time time) {
		this(background, time, CacheWorkers::new);
	}

	/** Creates an instance with other workers than those that have threads. */
	CacheTasks(Background background, Time time, BiFunction<Team, Consumer<Runnable>, CacheWorkers> workers) {
		this.background = background;
		this.team = background.team("cache", Faults.Kind.CACHE);
		this.workers = workers.apply(this.team, (task) -> background.faults().guard(Faults.Kind.CACHE, task));
		this.time = time;
	}

	Time time() {
		return this.time;
	}

	Background background() {
		return this.background;
	}

	/**
	 * Runs a task soon: within about 5 ms, unless others wait.
	 * @param task the task; what it throws is reported
	 * @return whether it was taken
	 */
	public boolean run(Runnable task) {
		return this.workers.run(this.team.keeping(task));
	}

	/**
	 * Runs a task later.
	 * @param millis in how many milliseconds
	 * @param task the task, which must be short
	 * @return whether it was taken
	 */
	public boolean runAfter(long millis, Runnable task) {
		if (isClosed()) {
			return false;
		}
		Runnable kept = this.team.keeping(task);
		this.time.timers().schedule(() -> run(kept), Duration.ofMillis(millis));
		return true;
	}

	/**
	 * Runs a task again and again.
	 * @param interval how long between two runs
	 * @param task the task
	 */
	public void runEvery(Duration interval, Runnable task) {
		Alarm alarm = this.time.timers().every(() -> run(task), interval);
		this.repeated.add(alarm);
		if (isClosed()) {
			alarm.cancel();
		}
	}

	/** Whether no more tasks are taken. */
	boolean isClosed() {
		return this.workers.isClosed();
	}

	/** Runs what waits, for five seconds at the most, and refuses more. */
	@Override
	public void close() {
		this.workers.close();
		this.repeated.forEach(Alarm::cancel);
	}

}
