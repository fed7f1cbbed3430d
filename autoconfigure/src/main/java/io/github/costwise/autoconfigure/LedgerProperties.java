package io.github.costwise.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import io.github.costwise.jdbc.SchemaMode;

/**
 * Properties of the ledger.
 *
 * @param type Where turns and calls are kept.
 * @param memory Ledger in memory.
 * @param jdbc Ledger in a database.
 */
@ConfigurationProperties("costwise.ledger")
record LedgerProperties(@DefaultValue("memory") LedgerType type, @DefaultValue Memory memory, @DefaultValue Jdbc jdbc) {

	/** Where turns and calls are kept. */
	enum LedgerType {

		/** In memory. */
		MEMORY,

		/** In a database. */
		JDBC

	}

	/**
	 * Ledger in memory.
	 *
	 * @param recentTurns Number of the newest turns to keep whole.
	 * @param recentCalls Number of the newest calls to keep whole.
	 * @param keysPerHour Number of combinations of feature, model and tenant to sum up
	 * apart within an hour or a day. Others are summed up under 'other'.
	 * @param hourlyRetention How long sums are kept by the hour.
	 * @param dailyRetention How long sums are kept by the day.
	 */
	record Memory(@DefaultValue("1000") int recentTurns, @DefaultValue("4000") int recentCalls,
			@DefaultValue("400") int keysPerHour, @DefaultValue("7d") Duration hourlyRetention,
			@DefaultValue("90d") Duration dailyRetention) {

	}

	/**
	 * Ledger in a database.
	 *
	 * @param dataSource Name of the DataSource bean. Not needed when there is one, or one
	 * that is primary.
	 * @param batchSize Number of rows to write in one transaction at the most.
	 * @param flushInterval How long a row may wait for others.
	 * @param queueCapacity Number of rows that may wait in memory.
	 * @param journal File for rows that the database does not take.
	 * @param retention How long rows are kept.
	 * @param shutdownTimeout How long closing waits for the database.
	 * @param initializeSchema When to create and migrate the tables.
	 */
	record Jdbc(@Nullable String dataSource, @DefaultValue("500") int batchSize,
			@DefaultValue("1s") Duration flushInterval, @DefaultValue("10000") int queueCapacity,
			@DefaultValue JournalProperties journal, @DefaultValue("90d") Duration retention,
			@DefaultValue("10s") Duration shutdownTimeout, @DefaultValue("embedded") SchemaMode initializeSchema) {

	}

	/**
	 * File for rows that the database does not take.
	 *
	 * @param path Path of the file. Other instances on the machine that use the same path
	 * get a number behind it.
	 * @param maxSize Size that the file may grow to.
	 */
	record JournalProperties(@DefaultValue("costwise-ledger.journal") String path,
			@DefaultValue("64MB") DataSize maxSize) {

	}

}
