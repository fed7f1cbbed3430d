package io.github.costwise.cache.vectorstore;

import java.time.Duration;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.model.CacheVector;

/**
 * How a store over a vector store works.
 *
 * @param dimension how many numbers the vectors of questions have, or 0 when none is
 * compared with another one
 * @param timeout how long each request is waited for, 1 ms to 1 h
 * @param maxConcurrent most requests at a time, from 1; eight times as many may wait,
 * more are refused
 * @since 0.1.0
 */
public record VectorStoreSettings(int dimension, Duration timeout, int maxConcurrent) {

	private static final Duration LEAST = Duration.ofMillis(1);

	private static final Duration MOST = Duration.ofHours(1);

	/**
	 * Checks the values.
	 * @throws CostwiseConfigurationException if a value is out of its range
	 */
	public VectorStoreSettings {
		require(dimension >= 0 && dimension <= CacheVector.MAX_DIMENSION, "dimension", dimension,
				"a number from 0 to " + CacheVector.MAX_DIMENSION);
		require(timeout.compareTo(LEAST) >= 0 && timeout.compareTo(MOST) <= 0, "timeout", timeout,
				"a time from 1ms to 1h");
		require(maxConcurrent >= 1, "max-concurrent", maxConcurrent, "1 or more");
	}

	/**
	 * Returns the defaults: 500 ms and 16 requests at a time.
	 * @param dimension how many numbers the vectors have
	 * @return the settings
	 */
	public static VectorStoreSettings defaults(int dimension) {
		return new VectorStoreSettings(dimension, Duration.ofMillis(500), 16);
	}

	private static void require(boolean right, String name, Object value, String wanted) {
		if (!right) {
			String property = "costwise.cache.vector-store." + name;
			throw new CostwiseConfigurationException(property + " is " + value + ".",
					"Set " + property + " to " + wanted + ".");
		}
	}

}
