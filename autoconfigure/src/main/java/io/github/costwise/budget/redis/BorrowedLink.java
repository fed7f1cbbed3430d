package io.github.costwise.budget.redis;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Function;

import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.costwise.background.Team;
import io.github.costwise.time.Time;

/**
 * Connections of the application, whose time-out is not known: commands run on a few
 * threads of the store, which callers wait for no longer than they would for an answer.
 * Thread-safe.
 */
final class BorrowedLink implements RedisLink {

	private static final int MOST_THREADS = 16;

	private static final int MOST_WAITING = 256;

	private final RedisConnectionFactory factory;

	private final Duration timeout;

	private final ThreadPoolExecutor threads;

	private final Time time;

	BorrowedLink(RedisConnectionFactory factory, Duration timeout, Team team, Time time) {
		this.factory = factory;
		this.timeout = timeout;
		this.threads = team.pool(MOST_THREADS, MOST_WAITING);
		this.time = time;
	}

	@Override
	public <T> T call(Function<RedisConnection, T> command) {
		CompletableFuture<T> answer = new CompletableFuture<>();
		try {
			this.threads.execute(() -> answer(command, answer));
			if (this.time.timers().await(answer, this.timeout)) {
				return answer.join();
			}
		}
		catch (RejectedExecutionException ex) {
			throw new QueryTimeoutException("no thread was free", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new QueryTimeoutException("the thread was interrupted", ex);
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
		answer.cancel(false);
		throw new QueryTimeoutException("no answer came in " + this.timeout.toMillis() + " ms");
	}

	/** What nobody waits for any more is not sent. */
	private <T> void answer(Function<RedisConnection, T> command, CompletableFuture<T> answer) {
		if (answer.isDone()) {
			return;
		}
		try (RedisConnection connection = this.factory.getConnection()) {
			answer.complete(command.apply(connection));
		}
		catch (RuntimeException ex) {
			answer.completeExceptionally(ex);
		}
	}

	@Override
	public RedisConnection listening() {
		return this.factory.getConnection();
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

}
