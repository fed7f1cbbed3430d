package io.github.costwise.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.files.ShippedFile;
import io.github.costwise.text.Parts;

/**
 * The tables of a part and their version, which is kept in {@code costwise_schema}.
 * Instances that start together wait for each other.
 *
 * @param part the part, which its scripts are named after: {@code ledger-1.sql}, and
 * {@code ledger-1-mariadb.sql} where MariaDB needs others
 * @param version the version that this release reads and writes
 * @param reader a class beside the scripts
 * @param property the setting that lets the tables be created
 * @since 0.1.0
 */
public record VersionedSchema(String part, int version, Class<?> reader, String property) {

	private static final long LOCK = 0x636f737477697365L;

	/** H2 in this process fails when two of its sessions make tables at once. */
	private static final Object ONE_AT_A_TIME = new Object();

	private static final int ATTEMPTS = 5;

	/** A table or index that is there already; H2 has no word of its own for some. */
	private static final Set<String> EXISTS = Set.of("42S01", "42S11", "HY000");

	private static final String CREATE_VERSIONS = "create table if not exists costwise_schema "
			+ "(part varchar(50) not null primary key, version integer not null)";

	/**
	 * Creates or migrates the tables when asked to and they are not as they should be.
	 * Where they are, no right to create any is needed. A newer release only adds what
	 * may stay empty or fills itself, so this one works with its tables too.
	 * @param connection a connection without auto-commit; the caller commits
	 * @param initialize whether to create and migrate tables
	 * @throws SQLException if the database cannot be reached
	 * @throws CostwiseConfigurationException if the version does not fit
	 */
	public void prepare(Connection connection, boolean initialize) throws SQLException {
		synchronized (ONE_AT_A_TIME) {
			prepareAlone(connection, initialize);
		}
	}

	private void prepareAlone(Connection connection, boolean initialize) throws SQLException {
		int installed = installed(connection);
		for (int left = ATTEMPTS; installed < this.version && initialize && left > 0; left--) {
			tryMigrate(connection, left);
			installed = installed(connection);
		}
		if (installed < this.version) {
			throw mismatch(installed);
		}
	}

	/** Where no lock keeps others out, they may make the same table at this moment. */
	private void tryMigrate(Connection connection, int left) throws SQLException {
		try {
			migrate(connection);
		}
		catch (SQLException ex) {
			if (left <= 1 || !isOfOthers(ex)) {
				throw ex;
			}
			connection.rollback();
		}
	}

	private static boolean isOfOthers(SQLException error) {
		return SqlErrors.isConflict(error) || SqlErrors.isOfRow(error)
				|| EXISTS.contains(String.valueOf(error.getSQLState()));
	}

	private void migrate(Connection connection) throws SQLException {
		DatabaseKind kind = DatabaseKind.of(connection);
		try (Statement statement = connection.createStatement()) {
			if (kind == DatabaseKind.POSTGRESQL) {
				statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
			}
			statement.execute(CREATE_VERSIONS);
			int installed = installed(connection);
			for (int next = installed + 1; next <= this.version; next++) {
				run(statement, (kind == DatabaseKind.MARIADB) ? script(next + "-mariadb") : script(next));
			}
			if (installed < this.version) {
				storeVersion(statement);
			}
		}
	}

	private static void run(Statement statement, String script) throws SQLException {
		for (String one : Parts.of(script, ";")) {
			if (!one.isBlank()) {
				statement.execute(one);
			}
		}
	}

	private void storeVersion(Statement statement) throws SQLException {
		String known = "part = '" + this.part + "'";
		int updated = statement
			.executeUpdate("update costwise_schema set version = " + this.version + " where " + known);
		if (updated == 0) {
			statement.executeUpdate("insert into costwise_schema (part, version) select '" + this.part + "', "
					+ this.version + " where not exists (select 1 from costwise_schema where " + known + ")");
		}
	}

	private int installed(Connection connection) throws SQLException {
		if (!hasVersions(connection)) {
			return 0;
		}
		try (PreparedStatement statement = connection
			.prepareStatement("select version from costwise_schema where part = '" + this.part + "'");
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

	/**
	 * Returns a script.
	 * @param number the version that it makes of the one before
	 * @return its statements
	 */
	public String script(int number) {
		return script(String.valueOf(number));
	}

	private String script(String name) {
		return ShippedFile.text(this.reader, this.part + "-" + name + ".sql");
	}

	private CostwiseConfigurationException mismatch(int installed) {
		String tables = "The tables of the " + this.part;
		String found = (installed == 0) ? tables + " do not exist." : tables + " have version " + installed
				+ ", but this release of Costwise needs version " + this.version + ".";
		String folder = this.reader.getPackageName().replace('.', '/') + "/" + this.part + "-";
		return new CostwiseConfigurationException(found,
				"Set " + this.property + " to always, or run the scripts " + folder + (installed + 1) + ".sql to "
						+ this.part + "-" + this.version
						+ ".sql of the jar and store the version: costwise_schema(part, version) = ('" + this.part
						+ "', " + this.version + ").");
	}

}
