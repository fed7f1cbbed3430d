package io.github.costwise.cache.redis;

import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

import io.github.costwise.spi.CacheStoreException;
import io.github.costwise.spi.CacheStoreException.StoreReason;

/** Turns what the client throws into {@link CacheStoreException}. */
final class RedisFaults {

	private RedisFaults() {
	}

	static <T extends @Nullable Object> T guard(String action, Supplier<T> command) {
		try {
			return command.get();
		}
		catch (JedisException ex) {
			throw translate(action, ex);
		}
	}

	static CacheStoreException translate(String action, JedisException ex) {
		return new CacheStoreException(reason(ex), "Redis did not " + action, ex);
	}

	static boolean isUnknownCommand(JedisException ex) {
		return ex instanceof JedisDataException && message(ex).contains("unknown command");
	}

	static boolean isUnknownIndex(JedisException ex) {
		String message = message(ex).toLowerCase(Locale.ROOT);
		return ex instanceof JedisDataException
				&& (message.contains("no such index") || message.contains("unknown index name"));
	}

	/** A pool without a free connection throws that no element was found in time. */
	private static StoreReason reason(JedisException ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof SocketTimeoutException || cause instanceof NoSuchElementException) {
				return StoreReason.TIMEOUT;
			}
		}
		return (ex instanceof JedisDataException && message(ex).startsWith("OOM")) ? StoreReason.FULL
				: StoreReason.UNAVAILABLE;
	}

	private static String message(Throwable ex) {
		@Nullable String message = ex.getMessage();
		return (message != null) ? message : "";
	}

}
