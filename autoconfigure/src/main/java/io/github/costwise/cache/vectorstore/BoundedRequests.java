package io.github.costwise.cache.vectorstore;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Supplier;

import io.github.costwise.background.Team;
import io.github.costwise.spi.CacheStoreException;
import io.github.costwise.spi.CacheStoreException.StoreReason;
import io.github.costwise.time.Timers;

/**
 * Runs requests on a few threads of its own and gives up on those that take too long,
 * because vector stores have no time-out in common. Thread-safe.
 */
final class BoundedRequests implements AutoCloseable {

	private static final int WAITING = 8;

	private final ThreadPoolExecutor executor;

	private final Duration timeout;

	private final Timers timers;

	BoundedRequests(Duration timeout, Timers timers, Team team, int maxConcurrent) {
		this.timeout = timeout;
		this.timers = timers;
		this.executor = team.pool(maxConcurrent, maxConcurrent * WAITING);
	}

	<T> T run(String action, Supplier<T> request) {
		CompletableFuture<T> answer = new CompletableFuture<>();
		Future<?> work = submit(action, () -> answer.completeAsync(request, Runnable::run));
		try {
			if (this.timers.await(answer, this.timeout)) {
				return answer.get();
			}
			work.cancel(true);
			throw new CacheStoreException(StoreReason.TIMEOUT, "The vector store did not " + action + " in time", null);
		}
		catch (InterruptedException ex) {
			work.cancel(true);
			Thread.currentThread().interrupt();
			throw new CacheStoreException(StoreReason.TIMEOUT, "Interrupted, the vector store did not " + action, ex);
		}
		catch (ExecutionException ex) {
			throw new CacheStoreException(StoreReason.UNAVAILABLE, "The vector store did not " + action, ex.getCause());
		}
	}

	private Future<?> submit(String action, Runnable request) {
		try {
			return this.executor.submit(request);
		}
		catch (RejectedExecutionException ex) {
			throw new CacheStoreException(StoreReason.TIMEOUT,
					"Too many requests wait, the vector store did not " + action, ex);
		}
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
