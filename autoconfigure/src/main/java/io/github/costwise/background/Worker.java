package io.github.costwise.background;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;

import io.github.costwise.time.Alarm;
import io.github.costwise.time.Timers;

/**
 * One thread that does tasks one after another, at once or later. It may be kept waiting
 * by them, which the timers may not. The thread starts with the first task and ends when
 * it had nothing to do for half a minute. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Worker implements AutoCloseable {

	private static final int MOST_WAITING = 1_000;

	/** When a task whose time has come finds no room, it is tried again. */
	private static final Duration FULL = Duration.ofSeconds(1);

	private final Set<Alarm> planned = ConcurrentHashMap.newKeySet();

	private final ThreadPoolExecutor thread;

	private final Team team;

	private final Timers timers;

	Worker(Team team, Timers timers) {
		this.team = team;
		this.thread = team.pool(1, MOST_WAITING);
		this.timers = timers;
	}

	/**
	 * Does something as soon as what came before it is done.
	 * @param task what is done; what it throws is reported
	 * @return whether it was taken: not after the end, nor while 1,000 wait
	 */
	public boolean run(Runnable task) {
		try {
			this.thread.execute(task);
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
	}

	/**
	 * Does something later.
	 * @param task what is done
	 * @param delay how long to wait before
	 * @return whether it was taken: not after the end
	 */
	public boolean runAfter(Runnable task, Duration delay) {
		return plan(this.team.keeping(task), delay);
	}

	private boolean plan(Runnable task, Duration delay) {
		Later later = new Later(task);
		synchronized (later) {
			this.planned.add(later);
			later.alarm = this.timers.schedule(later::begin, delay);
		}
		if (this.thread.isShutdown()) {
			later.cancel();
			return false;
		}
		return true;
	}

	/**
	 * Does something again and again until the end, for nobody, whatever it throws.
	 * @param task what is done
	 * @param first how long to wait before the first time
	 * @param pause how long to wait after each time
	 */
	public void runEvery(Runnable task, Duration first, Duration pause) {
		plan(() -> {
			try {
				task.run();
			}
			finally {
				runEvery(task, pause, pause);
			}
		}, first);
	}

	/** Interrupts what is done, and does nothing of what waits. */
	@Override
	public void close() {
		this.thread.shutdownNow();
		this.planned.forEach(Alarm::cancel);
	}

	/** A task whose time has not come. */
	private final class Later implements Alarm {

		private final Runnable task;

		private Alarm alarm = () -> {
		};

		private Later(Runnable task) {
			this.task = task;
		}

		private void begin() {
			Worker.this.planned.remove(this);
			if (!Worker.this.run(this.task)) {
				plan(this.task, FULL);
			}
		}

		@Override
		public synchronized void cancel() {
			Worker.this.planned.remove(this);
			this.alarm.cancel();
		}

	}

}
