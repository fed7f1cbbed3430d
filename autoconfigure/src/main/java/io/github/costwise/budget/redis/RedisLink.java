package io.github.costwise.budget.redis;

import java.util.function.Function;

import org.springframework.data.redis.connection.RedisConnection;

/**
 * How commands reach Redis: in bounded time. Thread-safe.
 */
interface RedisLink extends AutoCloseable {

	/**
	 * Does something with a connection.
	 * @param <T> what it returns
	 * @param command what is done
	 * @return what it returned
	 */
	<T> T call(Function<RedisConnection, T> command);

	/**
	 * Returns a connection for one who listens; it may wait for ever, and is closed by
	 * the caller.
	 */
	RedisConnection listening();

	@Override
	void close();

}
