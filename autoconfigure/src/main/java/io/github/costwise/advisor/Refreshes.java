package io.github.costwise.advisor;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Asks anew, in the background, for answers whose time has passed: four at a time. What
 * finds no thread is left to a later hit. Thread-safe.
 */
final class Refreshes {

	private static final Log logger = LogFactory.getLog(Refreshes.class);

	private static final int THREADS = 4;

	private static final long IDLE_SECONDS = 10;

	private final AtomicInteger count = new AtomicInteger();

	private final ThreadPoolExecutor threads = new ThreadPoolExecutor(0, THREADS, IDLE_SECONDS, TimeUnit.SECONDS,
			new SynchronousQueue<>(), this::thread);

	private Thread thread(Runnable task) {
		Thread thread = new Thread(task, "costwise-refresh-" + this.count.incrementAndGet());
		thread.setDaemon(true);
		return thread;
	}

	void run(Runnable refresh) {
		try {
			this.threads.execute(() -> {
				try {
					refresh.run();
				}
				catch (RuntimeException ex) {
					logger.debug("Costwise: an answer could not be asked for anew", ex);
				}
			});
		}
		catch (RejectedExecutionException ex) {
			logger.trace("Costwise: enough answers are being asked for anew", ex);
		}
	}

}
