package io.github.costwise.advisor;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.costwise.background.Background;
import io.github.costwise.faults.Faults;

/**
 * Refreshes stale answers in the background: four at a time. What finds no thread is left
 * to a later hit. Once it is closed, nothing is asked any more. Thread-safe.
 */
final class Refreshes implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(Refreshes.class);

	private static final int THREADS = 4;

	private static final long CLOSE_SECONDS = 5;

	private final ThreadPoolExecutor threads;

	private final Faults faults;

	Refreshes(Background background) {
		this.faults = background.faults();
		this.threads = background.team("refresh", Faults.Kind.CACHE).pool(THREADS, 0);
	}

	void run(Runnable refresh) {
		try {
			this.threads.execute(() -> guarded(refresh));
		}
		catch (RejectedExecutionException ex) {
			logger.trace("Costwise: enough stale answers are being refreshed", ex);
		}
	}

	private void guarded(Runnable refresh) {
		try {
			refresh.run();
		}
		catch (Throwable ex) {
			if (this.threads.isShutdown()) {
				logger.debug("Costwise: a refresh of an answer was not made, since the application ends", ex);
			}
			else {
				this.faults.report(Faults.Kind.CACHE, ex);
			}
		}
	}

	/**
	 * Interrupts what is in flight, and gives it five seconds to book what it cost.
	 */
	@Override
	public void close() {
		this.threads.shutdownNow();
		try {
			if (!this.threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
				logger.warn("Costwise: refreshes of answers do not end; what they cost is lost");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
