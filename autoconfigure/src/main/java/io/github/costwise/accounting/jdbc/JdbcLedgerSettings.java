package io.github.costwise.accounting.jdbc;

import java.nio.file.Path;
import java.time.Duration;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.jdbc.SchemaMode;

/**
 * How a ledger writes and how much it keeps.
 *
 * @param batchSize rows written in one transaction at the most, from 1
 * @param flushInterval how long a record waits for others, from 1 ms
 * @param queueCapacity records that may wait in memory, at least two batches
 * @param journal the file for rows that the database does not take; instances on one
 * machine that name the same file use the same name with a number
 * @param journalMaxBytes bound of that file, from 0
 * @param retention how long rows are kept, at least a day
 * @param shutdownTimeout how long closing waits for the database, from 1 ms
 * @param initializeSchema whether to create and migrate the tables
 * @since 0.1.0
 */
public record JdbcLedgerSettings(int batchSize, Duration flushInterval, int queueCapacity, Path journal,
		long journalMaxBytes, Duration retention, Duration shutdownTimeout, SchemaMode initializeSchema) {

	/**
	 * Checks the values.
	 * @throws CostwiseConfigurationException if a value is out of its range
	 */
	public JdbcLedgerSettings {
		requireAtLeast("batch-size", batchSize, 1);
		requireAtLeast("flush-interval", flushInterval, Duration.ofMillis(1));
		requireAtLeast("queue-capacity", queueCapacity, 2 * batchSize);
		requireAtLeast("journal.max-size", journalMaxBytes, 0L);
		requireAtLeast("retention", retention, Duration.ofDays(1));
		requireAtLeast("shutdown-timeout", shutdownTimeout, Duration.ofMillis(1));
	}

	/**
	 * Returns the defaults: batches of 500 rows or after a second, 10,000 records in
	 * memory, a journal of 64 MiB, 90 days, 10 seconds for closing, and tables made in
	 * embedded databases only.
	 * @param journal the file for rows that the database does not take
	 * @return the settings
	 */
	public static JdbcLedgerSettings defaults(Path journal) {
		return new JdbcLedgerSettings(500, Duration.ofSeconds(1), 10_000, journal, 64L << 20, Duration.ofDays(90),
				Duration.ofSeconds(10), SchemaMode.EMBEDDED);
	}

	private static <V extends Comparable<V>> void requireAtLeast(String name, V value, V least) {
		if (value.compareTo(least) < 0) {
			String property = "costwise.ledger.jdbc." + name;
			throw new CostwiseConfigurationException(property + " is " + value + ".",
					"Set " + property + " to " + least + " or more.");
		}
	}

}
