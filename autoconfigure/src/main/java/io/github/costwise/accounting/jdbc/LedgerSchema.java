package io.github.costwise.accounting.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.files.ShippedFile;
import io.github.costwise.text.Parts;

/**
 * The tables of the ledger and their version, which is kept in {@code costwise_schema}.
 * Instances that start together wait for each other.
 */
final class LedgerSchema {

	/** The version that this release reads and writes. */
	static final int VERSION = 3;

	private static final long LOCK = 0x636f737477697365L;

	private static final String CREATE_VERSIONS = "create table if not exists costwise_schema "
			+ "(part varchar(50) not null primary key, version integer not null)";

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
		int installed = installedVersion(connection);
		if (installed < VERSION && initialize) {
			migrate(connection);
			installed = installedVersion(connection);
		}
		if (installed < VERSION) {
			throw mismatch(installed);
		}
		TableCheck.check(connection, TurnTable.TABLE);
		TableCheck.check(connection, CallTable.TABLE);
		TableCheck.check(connection, EntryTable.TABLE);
	}

	private static void migrate(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			if (SqlDialect.of(connection) == SqlDialect.POSTGRESQL) {
				statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
			}
			statement.execute(CREATE_VERSIONS);
			int installed = installedVersion(connection);
			for (int version = installed + 1; version <= VERSION; version++) {
				run(statement, script(version));
			}
			if (installed < VERSION) {
				storeVersion(statement);
			}
		}
	}

	private static void run(Statement statement, String script) throws SQLException {
		for (String part : Parts.of(script, ";")) {
			if (!part.isBlank()) {
				statement.execute(part);
			}
		}
	}

	private static void storeVersion(Statement statement) throws SQLException {
		int updated = statement
			.executeUpdate("update costwise_schema set version = " + VERSION + " where part = 'ledger'");
		if (updated == 0) {
			statement.executeUpdate("insert into costwise_schema (part, version) select 'ledger', " + VERSION
					+ " where not exists (select 1 from costwise_schema where part = 'ledger')");
		}
	}

	private static int installedVersion(Connection connection) throws SQLException {
		if (!hasVersions(connection)) {
			return 0;
		}
		try (PreparedStatement statement = connection
			.prepareStatement("select version from costwise_schema where part = 'ledger'");
				ResultSet rows = statement.executeQuery()) {
			return rows.next() ? rows.getInt(1) : 0;
		}
	}

	private static boolean hasVersions(Connection connection) throws SQLException {
		String name = connection.getMetaData().storesUpperCaseIdentifiers() ? "COSTWISE_SCHEMA" : "costwise_schema";
		try (ResultSet tables = connection.getMetaData()
			.getTables(connection.getCatalog(), connection.getSchema(), name, null)) {
			return tables.next();
		}
	}

	static String script(int version) {
		return ShippedFile.text(LedgerSchema.class, "ledger-" + version + ".sql");
	}

	private static CostwiseConfigurationException mismatch(int installed) {
		String found = (installed == 0) ? "The tables of the ledger do not exist."
				: "The tables of the ledger have version " + installed + ", but this release of Costwise needs version "
						+ VERSION + ".";
		return new CostwiseConfigurationException(found,
				"Set costwise.ledger.jdbc.initialize-schema to always, or run the scripts "
						+ "io/github/costwise/accounting/jdbc/ledger-" + (installed + 1) + ".sql to ledger-" + VERSION
						+ ".sql of the jar and store the version: costwise_schema(part, version) = ('ledger', "
						+ VERSION + ").");
	}

}
