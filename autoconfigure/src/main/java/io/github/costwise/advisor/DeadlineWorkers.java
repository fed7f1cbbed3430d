package io.github.costwise.advisor;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.springframework.core.task.TaskDecorator;

import io.github.costwise.CostScope;
import io.github.costwise.NoDeadlineWorkerException;
import io.github.costwise.background.Background;
import io.github.costwise.faults.Faults;
import io.github.costwise.pipeline.Attempt;

/**
 * Makes blocking calls that have a deadline on threads of their own, with the context of
 * the caller. A call that is late is given up, not stopped: its answer, when it comes,
 * settles what it cost. There are never more threads than the bound; a call beyond it is
 * refused, since it could not be given up. Thread-safe.
 *
 * @since 0.1.0
 */
public final class DeadlineWorkers implements AutoCloseable {

	private static final Duration GRACE = Duration.ofSeconds(1);

	private final Set<Attempt> inFlight = ConcurrentHashMap.newKeySet();

	private final ThreadPoolExecutor executor;

	private final TaskDecorator decorator;

	/**
	 * Creates workers, whose threads start when they are needed.
	 * @param most most threads, at least 1
	 * @param decorator carries the context of the calling thread to a worker
	 * @param background provides the threads
	 */
	public DeadlineWorkers(int most, TaskDecorator decorator, Background background) {
		this.executor = background.team("deadline", Faults.Kind.ROUTING).pool(most, 0);
		this.decorator = decorator;
	}

	CompletableFuture<Void> begin(Runnable call, Attempt attempt) {
		CompletableFuture<Void> done = new CompletableFuture<>();
		CostScope scope = CostScope.current();
		Runnable task = this.decorator.decorate(() -> {
			done.completeAsync(() -> {
				call.run();
				return null;
			}, Runnable::run);
			this.inFlight.remove(attempt);
		});
		this.inFlight.add(attempt);
		try {
			this.executor.execute((scope != null) ? () -> scope.run(task) : task);
		}
		catch (RejectedExecutionException ex) {
			this.inFlight.remove(attempt);
			throw new NoDeadlineWorkerException(this.executor.isShutdown() ? "The application is stopping."
					: "All " + this.executor.getMaximumPoolSize() + " threads for calls with a deadline are taken, "
							+ "some maybe by calls that were given up; the call was not sent. Raise "
							+ "'costwise.fallback.deadline-threads', or shorten the time-outs of the clients.");
		}
		return done;
	}

	/**
	 * Interrupts the calls that nobody waits for. Clients that cannot be interrupted get
	 * a moment; what is still in flight then is booked as it stands.
	 */
	@Override
	public void close() {
		this.executor.shutdownNow();
		try {
			this.executor.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.inFlight.forEach(Attempt::lost);
	}

}
