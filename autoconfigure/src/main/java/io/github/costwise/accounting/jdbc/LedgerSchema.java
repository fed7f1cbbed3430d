package io.github.costwise.accounting.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.jdbc.VersionedSchema;

/**
 * The tables of the ledger.
 */
final class LedgerSchema {

	/** The version that this release reads and writes. */
	static final int VERSION = 3;

	private static final VersionedSchema SCHEMA = new VersionedSchema("ledger", VERSION, LedgerSchema.class,
			"costwise.ledger.jdbc.initialize-schema");

	private LedgerSchema() {
	}

	/**
	 * Creates or migrates the tables when asked to and they are not as they should be,
	 * and checks them. Where they are, no right to create any is needed. A newer release
	 * only adds columns that may stay empty or fill themselves, so this one works with
	 * its tables too.
	 * @param connection a connection without auto-commit; the caller commits
	 * @param initialize whether to create and migrate tables
	 * @throws SQLException if the database cannot be reached
	 * @throws CostwiseConfigurationException if the version or a table does not fit
	 */
	static void prepare(Connection connection, boolean initialize) throws SQLException {
		SCHEMA.prepare(connection, initialize);
		TableCheck.check(connection, TurnTable.TABLE);
		TableCheck.check(connection, CallTable.TABLE);
		TableCheck.check(connection, EntryTable.TABLE);
	}

	static String script(int version) {
		return SCHEMA.script(version);
	}

}
