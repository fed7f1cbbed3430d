package io.github.costwise.advisor;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.springframework.core.task.TaskDecorator;

import io.github.costwise.pipeline.CallAttempts;
import io.github.costwise.pipeline.CallMeter;
import io.github.costwise.pipeline.CostScope;

/**
 * Makes blocking calls that have a deadline on threads of their own, with the context of
 * the caller. A call that is late is given up, not stopped: its answer, when it comes,
 * settles what it cost. There are never more threads than the bound; a call beyond it is
 * refused, since it could not be given up. Thread-safe.
 *
 * @since 0.1.0
 */
public final class DeadlineWorkers implements AutoCloseable {

	private static final AtomicInteger NUMBER = new AtomicInteger();

	private final ThreadPoolExecutor executor;

	private final TaskDecorator decorator;

	/**
	 * Creates workers, whose threads start when they are needed.
	 * @param most most threads, at least 1
	 * @param decorator carries the context of the calling thread to a worker
	 */
	public DeadlineWorkers(int most, TaskDecorator decorator) {
		this.executor = new ThreadPoolExecutor(0, most, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), (task) -> {
			Thread thread = new Thread(task, "costwise-deadline-" + NUMBER.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		});
		this.decorator = decorator;
	}

	<T> T call(Supplier<T> call, CallMeter meter, CallAttempts attempts, Duration atMost) {
		CompletableFuture<T> answer = new CompletableFuture<>();
		CostScope scope = CostScope.current();
		Runnable task = this.decorator.decorate(() -> answer.completeAsync(call, Runnable::run));
		try {
			this.executor.execute((scope != null) ? () -> scope.run(task) : task);
			return answer.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			meter.abandoned();
			throw attempts.late();
		}
		catch (ExecutionException ex) {
			throw rethrow((ex.getCause() != null) ? ex.getCause() : ex);
		}
		catch (InterruptedException ex) {
			meter.abandoned();
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for an answer", ex);
		}
		catch (RejectedExecutionException ex) {
			meter.failed(ex);
			throw ex;
		}
	}

	private static RuntimeException rethrow(Throwable cause) {
		if (cause instanceof Error error) {
			throw error;
		}
		return (cause instanceof RuntimeException failure) ? failure : new CompletionException(cause);
	}

	/** Interrupts the calls that nobody waits for. */
	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
