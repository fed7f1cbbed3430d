package io.github.costwise.cache.jdbc;

import java.time.Duration;

import io.github.costwise.CostwiseConfigurationException;

/**
 * How a log of labels uses its database.
 *
 * @param timeout how long each answer of the database is waited for, from 1 ms
 * @param initializeSchema whether to create the tables when they are absent
 * @since 0.1.0
 */
public record JdbcLabelSettings(Duration timeout, boolean initializeSchema) {

	/**
	 * Checks the values.
	 * @throws CostwiseConfigurationException if the time-out is out of its range
	 */
	public JdbcLabelSettings {
		if (timeout.toMillis() < 1 || timeout.toMillis() > Integer.MAX_VALUE) {
			throw new CostwiseConfigurationException("costwise.cache.jdbc.timeout is " + timeout + ".",
					"Set costwise.cache.jdbc.timeout to 1 ms or more.");
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
