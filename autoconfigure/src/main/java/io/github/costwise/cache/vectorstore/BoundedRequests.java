package io.github.costwise.cache.vectorstore;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.github.costwise.background.Team;
import io.github.costwise.cache.CacheStoreException;
import io.github.costwise.cache.CacheStoreException.Reason;

/**
 * Runs requests on a few threads of its own and gives up on those that take too long,
 * because vector stores have no time-out in common. Thread-safe.
 */
final class BoundedRequests implements AutoCloseable {

	private static final int WAITING = 8;

	private final ThreadPoolExecutor executor;

	private final Duration timeout;

	BoundedRequests(int maxConcurrent, Duration timeout, Team team) {
		this.timeout = timeout;
		this.executor = team.pool(maxConcurrent, maxConcurrent * WAITING);
	}

	<T> T run(String action, Supplier<T> request) {
		Future<T> future = submit(action, request);
		try {
			return future.get(this.timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			future.cancel(true);
			throw new CacheStoreException(Reason.TIMEOUT, "The vector store did not " + action + " in time", ex);
		}
		catch (InterruptedException ex) {
			future.cancel(true);
			Thread.currentThread().interrupt();
			throw new CacheStoreException(Reason.TIMEOUT, "Interrupted, the vector store did not " + action, ex);
		}
		catch (ExecutionException ex) {
			throw new CacheStoreException(Reason.UNAVAILABLE, "The vector store did not " + action, ex.getCause());
		}
	}

	private <T> Future<T> submit(String action, Supplier<T> request) {
		try {
			return this.executor.submit(request::get);
		}
		catch (RejectedExecutionException ex) {
			throw new CacheStoreException(Reason.TIMEOUT, "Too many requests wait, the vector store did not " + action,
					ex);
		}
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
