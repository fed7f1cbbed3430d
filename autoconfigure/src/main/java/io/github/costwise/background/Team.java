package io.github.costwise.background;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;

import io.github.costwise.time.Timers;

/**
 * Threads that do one kind of work. Whatever a thread throws, an {@link Error} too, is
 * reported. A task that is handed over, now or for later, keeps what it is for; a thread,
 * and what is done again and again, is for nobody. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Team implements ThreadFactory {

	private static final long IDLE_SECONDS = 30;

	private final String name;

	private final ThreadFactory factory;

	private final Consumer<Throwable> failed;

	private final UnaryOperator<Runnable> keeping;

	private final AtomicInteger threads = new AtomicInteger();

	private volatile IntSupplier waiting = () -> 0;

	Team(String name, ThreadFactory factory, Consumer<Throwable> failed, UnaryOperator<Runnable> keeping) {
		this.name = name;
		this.factory = factory;
		this.failed = failed;
		this.keeping = keeping;
	}

	/**
	 * Makes a thread that is not started.
	 * @param task what it does
	 * @return the thread
	 */
	@Override
	public Thread newThread(Runnable task) {
		return this.factory.newThread(() -> run(task));
	}

	private void run(Runnable task) {
		this.threads.incrementAndGet();
		try {
			guard(task);
		}
		finally {
			this.threads.decrementAndGet();
		}
	}

	void guard(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			this.failed.accept(ex);
		}
	}

	/**
	 * Returns a task that keeps what the calling thread does it for, wherever it runs.
	 * Only tasks that are not handed to {@link #start}, a {@link #pool} or a
	 * {@link #worker} need it.
	 * @param task the task
	 * @return a task that does the same
	 */
	public Runnable keeping(Runnable task) {
		return this.keeping.apply(task);
	}

	/**
	 * Does something on a thread of its own.
	 * @param task what is done
	 * @return the thread, started
	 */
	public Thread start(Runnable task) {
		Thread thread = newThread(keeping(task));
		thread.start();
		return thread;
	}

	/**
	 * Makes a pool of threads, each of which ends when it had nothing to do for half a
	 * minute.
	 * @param most how many threads at the most, from 1
	 * @param room how many tasks may wait for one; with 0, a task that finds no thread is
	 * refused
	 * @return the pool, which refuses by throwing
	 */
	public ThreadPoolExecutor pool(int most, int room) {
		return idling(new KeepingPool(most, room, this), room);
	}

	/**
	 * Makes a pool like {@link #pool} whose tasks are for nobody: loops that fetch from
	 * elsewhere what they do, {@linkplain #keeping(Runnable) kept} there.
	 * @param most how many threads at the most, from 1
	 * @param room how many loops may wait for one, from 1
	 * @return the pool, which refuses by throwing
	 */
	public ThreadPoolExecutor loops(int most, int room) {
		return idling(new ThreadPoolExecutor(most, most, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(room), this),
				room);
	}

	private ThreadPoolExecutor idling(ThreadPoolExecutor pool, int room) {
		pool.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
		pool.allowCoreThreadTimeOut(room > 0);
		this.waiting = pool.getQueue()::size;
		return pool;
	}

	/**
	 * Makes a worker, whose thread starts when it is needed.
	 * @param timers tell it when to do what is for later
	 * @return the worker
	 */
	public Worker worker(Timers timers) {
		return new Worker(this, timers);
	}

	/**
	 * Makes a timer with one thread, which ends when it had nothing to do for half a
	 * minute. Tasks that are cancelled are forgotten at once.
	 */
	ScheduledThreadPoolExecutor timer() {
		ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, this);
		timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
		timer.allowCoreThreadTimeOut(true);
		timer.setRemoveOnCancelPolicy(true);
		this.waiting = () -> timer.getQueue().size();
		return timer;
	}

	/**
	 * Tells how many tasks wait, where the team has a queue of its own.
	 * @param count counts them; fast
	 */
	public void waiting(IntSupplier count) {
		this.waiting = count;
	}

	TeamState state() {
		return new TeamState(this.name, this.threads.get(), this.waiting.getAsInt());
	}

}
