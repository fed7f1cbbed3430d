package io.github.costwise.accounting.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import io.github.costwise.CostwiseConfigurationException;

/**
 * Checks that a table is the ledger's: every column that is written is there, the first
 * one is in the key, others may stay empty, and this user may read, write and delete.
 * Columns that a newer release has added do no harm.
 */
final class TableCheck {

	private TableCheck() {
	}

	/**
	 * Checks a table, and changes nothing.
	 * @param connection a connection without auto-commit
	 * @param table the table
	 * @throws SQLException if the database cannot be reached, or this user lacks a right
	 * @throws CostwiseConfigurationException if it is another table
	 */
	static void check(Connection connection, Table<?> table) throws SQLException {
		Set<String> wanted = new HashSet<>();
		table.columns().forEach((column) -> wanted.add(column.name()));
		checkColumns(connection, table, wanted);
		checkKey(connection, table, wanted);
		checkRights(connection, table);
	}

	private static void checkColumns(Connection connection, Table<?> table, Set<String> wanted) throws SQLException {
		String stored = stored(connection, table.name());
		Set<String> missing = new TreeSet<>(wanted);
		List<String> needed = new ArrayList<>();
		try (ResultSet columns = metaData(connection).getColumns(connection.getCatalog(), connection.getSchema(),
				stored, null)) {
			while (columns.next()) {
				String name = columns.getString("COLUMN_NAME").toLowerCase(Locale.ROOT);
				boolean own = stored.equals(columns.getString("TABLE_NAME"));
				if (own && !missing.remove(name) && isNeeded(columns)) {
					needed.add(name);
				}
			}
		}
		refuse(table, missing.isEmpty(), "lacks the columns " + missing);
		refuse(table, needed.isEmpty(), "has columns that need a value and that the ledger does not know: " + needed);
	}

	private static DatabaseMetaData metaData(Connection connection) throws SQLException {
		return connection.getMetaData();
	}

	private static String stored(Connection connection, String name) throws SQLException {
		return metaData(connection).storesUpperCaseIdentifiers() ? name.toUpperCase(Locale.ROOT) : name;
	}

	private static boolean isNeeded(ResultSet column) throws SQLException {
		boolean generated = "YES".equals(column.getString("IS_AUTOINCREMENT"))
				|| "YES".equals(column.getString("IS_GENERATEDCOLUMN"));
		return "NO".equals(column.getString("IS_NULLABLE")) && column.getString("COLUMN_DEF") == null && !generated;
	}

	/** A key may hold more columns, as that of a partitioned table does. */
	private static void checkKey(Connection connection, Table<?> table, Set<String> known) throws SQLException {
		Set<String> key = new TreeSet<>();
		try (ResultSet columns = metaData(connection).getPrimaryKeys(connection.getCatalog(), connection.getSchema(),
				stored(connection, table.name()))) {
			while (columns.next()) {
				key.add(columns.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
			}
		}
		String id = table.columns().get(0).name();
		refuse(table, key.contains(id) && known.containsAll(key),
				"has the primary key " + key + " in place of [" + id + "]");
	}

	/** The statements of the ledger, with rows that there are none of. */
	private static void checkRights(Connection connection, Table<?> table) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.executeUpdate("insert into " + table.name() + " (" + table.columnNames() + ") select "
					+ table.columnNames() + " from " + table.name() + " where 1 = 0");
			statement.executeUpdate("delete from " + table.name() + " where 1 = 0");
		}
	}

	private static void refuse(Table<?> table, boolean fits, String problem) {
		if (!fits) {
			throw new CostwiseConfigurationException(
					"The table " + table.name() + " is not the one of the ledger: it " + problem + ".",
					"Rename or drop that table, or give costwise.ledger.jdbc.data-source another database or schema.");
		}
	}

}
