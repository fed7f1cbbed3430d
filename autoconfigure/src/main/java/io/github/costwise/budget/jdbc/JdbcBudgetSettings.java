package io.github.costwise.budget.jdbc;

import java.time.Duration;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.jdbc.SchemaMode;

/**
 * How budgets use their database.
 *
 * @param connections most connections at a time, from 1 to 64
 * @param keepsConnections whether connections are kept open between calls: right where
 * the data source makes a new one each time, wrong where it is a pool
 * @param connectionWait how long a connection is waited for, 1 ms to 1 min
 * @param timeout how long each answer of the database is waited for, 1 ms to 1 min
 * @param initializeSchema whether to create and migrate the tables
 * @since 0.1.0
 */
public record JdbcBudgetSettings(int connections, boolean keepsConnections, Duration connectionWait, Duration timeout,
		SchemaMode initializeSchema) {

	private static final int MOST_CONNECTIONS = 64;

	private static final Duration LEAST = Duration.ofMillis(1);

	private static final Duration MOST = Duration.ofMinutes(1);

	/**
	 * Checks the values.
	 * @throws CostwiseConfigurationException if a value is out of its range
	 */
	public JdbcBudgetSettings {
		if (connections < 1 || connections > MOST_CONNECTIONS) {
			throw wrong("connections", connections, "a number from 1 to " + MOST_CONNECTIONS);
		}
		requireTime("connection-wait", connectionWait);
		requireTime("timeout", timeout);
	}

	/**
	 * Returns the defaults: 4 connections that are kept, 500 ms for one, 2 s for an
	 * answer, and tables made in embedded databases only.
	 * @return the settings
	 */
	static JdbcBudgetSettings defaults() {
		return new JdbcBudgetSettings(4, true, Duration.ofMillis(500), Duration.ofSeconds(2), SchemaMode.EMBEDDED);
	}

	private static void requireTime(String name, Duration value) {
		if (value.compareTo(LEAST) < 0 || value.compareTo(MOST) > 0) {
			throw wrong(name, value, "a time from 1ms to 1m");
		}
	}

	private static CostwiseConfigurationException wrong(String name, Object value, String right) {
		String property = "costwise.budgets.jdbc." + name;
		return new CostwiseConfigurationException(property + " is " + value + ".",
				"Set " + property + " to " + right + ".");
	}

}
