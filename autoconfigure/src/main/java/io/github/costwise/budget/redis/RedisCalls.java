package io.github.costwise.budget.redis;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.ReturnType;

import io.github.costwise.background.Team;
import io.github.costwise.time.Time;

/**
 * Sends commands and scripts to Redis. What fails is thrown with a message that says what
 * to look at. Thread-safe.
 */
final class RedisCalls implements AutoCloseable {

	private static final String NO_SCRIPT = "NOSCRIPT";

	private final RedisLink link;

	private final RedisGate gate = new RedisGate();

	private final Duration timeout;

	RedisCalls(RedisLink link, Duration timeout) {
		this.link = link;
		this.timeout = timeout;
	}

	/** Finds out how to reach the server of an application in bounded time. */
	static RedisCalls of(RedisConnectionFactory factory, Duration timeout, Team team, Time time) {
		RedisLink link = isThere("io.lettuce.core.RedisClient") ? LettuceLinks.of(factory, timeout, team, time) : null;
		if (link == null && isThere("redis.clients.jedis.Jedis")) {
			link = JedisLinks.of(factory, timeout, team, time);
		}
		return new RedisCalls((link != null) ? link : new BorrowedLink(factory, timeout, team, time), timeout);
	}

	private static boolean isThere(String type) {
		try {
			Class.forName(type, false, RedisCalls.class.getClassLoader());
			return true;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

	/**
	 * Runs a script.
	 * @param script the script
	 * @param keys how many of the arguments are keys
	 * @param arguments keys and arguments
	 * @param patient whether it is of use after others waited in vain
	 * @return what it answered
	 */
	ScriptReply run(BudgetScript script, int keys, ScriptArguments arguments, boolean patient) {
		byte[][] all = arguments.toArray();
		List<?> parts = call("run the script '" + script.name().toLowerCase(Locale.ROOT) + "'", patient,
				(connection) -> run(connection, script, keys, all));
		return new ScriptReply((parts != null) ? parts : List.of());
	}

	private static @Nullable List<?> run(RedisConnection connection, BudgetScript script, int keys, byte[][] all) {
		try {
			return connection.scriptingCommands().evalSha(script.sha(), ReturnType.MULTI, keys, all);
		}
		catch (RuntimeException ex) {
			if (!isUnknown(ex)) {
				throw ex;
			}
			return connection.scriptingCommands().eval(script.text(), ReturnType.MULTI, keys, all);
		}
	}

	private static boolean isUnknown(Throwable ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			String message = cause.getMessage();
			if (message != null && message.startsWith(NO_SCRIPT)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Does something with a connection.
	 * @param <T> what it returns
	 * @param action what is done, for a message
	 * @param patient whether it is of use after others waited in vain
	 * @param command what is done
	 * @return what it returned
	 * @throws RedisBudgetException if Redis fails, or does not answer in time
	 */
	<T extends @Nullable Object> T call(String action, boolean patient, Function<RedisConnection, T> command) {
		RedisGate.Pass pass = this.gate.enter(patient);
		if (pass.isClosed()) {
			throw new RedisBudgetException("Redis was not asked to " + action + ", since " + pass.reason()
					+ ". Look at spring.data.redis and at the server.", null);
		}
		try {
			T answer = this.link.call(command);
			this.gate.answered();
			return answer;
		}
		catch (RuntimeException ex) {
			throw failure(action, ex);
		}
		finally {
			this.gate.leave(pass);
		}
	}

	private RedisBudgetException failure(String action, RuntimeException ex) {
		if (ex instanceof QueryTimeoutException || ex instanceof DataAccessResourceFailureException) {
			this.gate.waitedInVain();
			return new RedisBudgetException("Redis did not " + action + " within " + this.timeout.toMillis()
					+ " ms, or could not be reached. Look at spring.data.redis, at the network and at the load of the "
					+ "server.", ex);
		}
		this.gate.answered();
		return new RedisBudgetException("Redis refused to " + action
				+ ". Look at the cause: whether the user may run scripts, whether memory is full, whether the server is "
				+ "a replica.", ex);
	}

	RedisConnection listening() {
		return this.link.listening();
	}

	@Override
	public void close() {
		this.link.close();
	}

	/** Redis failed. */
	static final class RedisBudgetException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		RedisBudgetException(String message, @Nullable Throwable cause) {
			super(message, cause);
		}

	}

}
