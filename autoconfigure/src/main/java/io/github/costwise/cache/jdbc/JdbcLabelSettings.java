package io.github.costwise.cache.jdbc;

import java.time.Duration;

import io.github.costwise.CostwiseConfigurationException;

/**
 * How a log of labels uses its database.
 *
 * @param timeout how long each answer of the database is waited for, 1 ms to 1 h
 * @param initializeSchema whether to create the tables when they are absent
 * @since 0.1.0
 */
public record JdbcLabelSettings(Duration timeout, boolean initializeSchema) {

	private static final Duration LEAST = Duration.ofMillis(1);

	private static final Duration MOST = Duration.ofHours(1);

	/**
	 * Checks the values.
	 * @throws CostwiseConfigurationException if the time-out is out of its range
	 */
	public JdbcLabelSettings {
		if (timeout.compareTo(LEAST) < 0 || timeout.compareTo(MOST) > 0) {
			throw new CostwiseConfigurationException("costwise.cache.jdbc.timeout is " + timeout + ".",
					"Set costwise.cache.jdbc.timeout to a time from 1ms to 1h.");
		}
	}

	/**
	 * Returns the defaults: 5 seconds, and tables that are created.
	 * @return the settings
	 */
	public static JdbcLabelSettings defaults() {
		return new JdbcLabelSettings(Duration.ofSeconds(5), true);
	}

}
