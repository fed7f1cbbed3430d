package io.github.costwise.cache.redis;

import java.time.Duration;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.model.CacheVector;
import io.github.costwise.text.TextPattern;

/**
 * How a Redis store names its keys and how long it waits.
 *
 * @param name first part of the names of keys and index: letters, digits, hyphens, points
 * and colons; applications with the same name share entries
 * @param dimension how many numbers the vectors have, 0 for the exact tier alone
 * @param timeout how long each command, a connection and a free connection are waited
 * for, 1 ms to 1 h
 * @param maxConnections most connections, from 1
 * @since 0.1.0
 */
public record RedisStoreSettings(String name, int dimension, Duration timeout, int maxConnections) {

	private static final TextPattern NAME = TextPattern.of("[A-Za-z0-9.:-]+");

	private static final Duration LEAST = Duration.ofMillis(1);

	private static final Duration MOST = Duration.ofHours(1);

	/**
	 * Checks the values.
	 * @throws CostwiseConfigurationException if a value is out of its range
	 */
	public RedisStoreSettings {
		require(NAME.matches(name), "name", name, "letters, digits, hyphens, points and colons");
		require(dimension >= 0 && dimension <= CacheVector.MAX_DIMENSION, "dimension", dimension,
				"a number from 0 to " + CacheVector.MAX_DIMENSION);
		require(timeout.compareTo(LEAST) >= 0 && timeout.compareTo(MOST) <= 0, "timeout", timeout,
				"a time from 1ms to 1h");
		require(maxConnections >= 1, "max-connections", maxConnections, "1 or more");
	}

	/**
	 * Returns the defaults: the name {@code costwise:cache}, 250 ms and 16 connections.
	 * @param dimension how many numbers the vectors have
	 * @return the settings
	 */
	public static RedisStoreSettings defaults(int dimension) {
		return new RedisStoreSettings("costwise:cache", dimension, Duration.ofMillis(250), 16);
	}

	private static void require(boolean right, String name, Object value, String wanted) {
		if (!right) {
			String property = "costwise.cache.redis." + name;
			throw new CostwiseConfigurationException(property + " is " + value + ".",
					"Set " + property + " to " + wanted + ".");
		}
	}

}
