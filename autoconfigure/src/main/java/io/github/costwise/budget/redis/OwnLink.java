package io.github.costwise.budget.redis;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.costwise.background.Team;
import io.github.costwise.time.Time;

/**
 * Connections of the store's own, made as those of the application are but for their
 * time-out: a command runs on the thread of its caller. The first connection is made on a
 * thread apart, which all wait for as long as they would for an answer. Thread-safe.
 */
final class OwnLink implements RedisLink {

	private final RedisConnectionFactory factory;

	private final Runnable ending;

	private final Duration timeout;

	private final Team team;

	private final Time time;

	private volatile boolean connected;

	private @Nullable CompletableFuture<Boolean> connecting;

	OwnLink(RedisConnectionFactory factory, Runnable ending, Duration timeout, Team team, Time time) {
		this.factory = factory;
		this.ending = ending;
		this.timeout = timeout;
		this.team = team;
		this.time = time;
	}

	@Override
	public <T> T call(Function<RedisConnection, T> command) {
		if (!this.connected) {
			connect();
		}
		try (RedisConnection connection = this.factory.getConnection()) {
			return command.apply(connection);
		}
	}

	private void connect() {
		CompletableFuture<Boolean> attempt = attempt();
		try {
			if (!this.time.timers().await(attempt, this.timeout)) {
				throw new QueryTimeoutException("no connection was made in " + this.timeout.toMillis() + " ms");
			}
			this.connected = attempt.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new QueryTimeoutException("the thread was interrupted", ex);
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

	private synchronized CompletableFuture<Boolean> attempt() {
		if (this.connecting == null || this.connecting.isCompletedExceptionally()) {
			CompletableFuture<Boolean> attempt = new CompletableFuture<>();
			this.connecting = attempt;
			this.team.start(() -> {
				try (RedisConnection connection = this.factory.getConnection()) {
					connection.ping();
					attempt.complete(true);
				}
				catch (RuntimeException ex) {
					attempt.completeExceptionally(ex);
				}
			});
		}
		return this.connecting;
	}

	@Override
	public RedisConnection listening() {
		return this.factory.getConnection();
	}

	@Override
	public void close() {
		this.ending.run();
	}

}
