package io.github.costwise.background;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

import io.github.costwise.time.Timers;

/**
 * Threads that do one kind of work. Whatever a thread throws, an {@link Error} too, is
 * reported. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Team implements ThreadFactory {

	private static final long IDLE_SECONDS = 30;

	private final String name;

	private final ThreadFactory factory;

	private final Consumer<Throwable> failed;

	private final AtomicInteger threads = new AtomicInteger();

	private volatile IntSupplier waiting = () -> 0;

	Team(String name, ThreadFactory factory, Consumer<Throwable> failed) {
		this.name = name;
		this.factory = factory;
		this.failed = failed;
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
	 * Does something on a thread of its own.
	 * @param task what is done
	 * @return the thread, started
	 */
	public Thread start(Runnable task) {
		Thread thread = newThread(task);
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
		BlockingQueue<Runnable> queue = (room > 0) ? new LinkedBlockingQueue<>(room) : new SynchronousQueue<>();
		ThreadPoolExecutor pool = new ThreadPoolExecutor((room > 0) ? most : 0, most, IDLE_SECONDS, TimeUnit.SECONDS,
				queue, this);
		if (room > 0) {
			pool.allowCoreThreadTimeOut(true);
		}
		this.waiting = queue::size;
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
