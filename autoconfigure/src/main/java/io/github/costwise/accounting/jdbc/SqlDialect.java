package io.github.costwise.accounting.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.jdbc.DatabaseKind;

/**
 * What the supported databases say differently.
 */
enum SqlDialect {

	H2(DatabaseKind.H2, "merge into %s (%s) key (id) values (%s)", "delete from %s where started_at < ? limit ?",
			"regexp_substr(%s, cast(? as varchar), 1, 1, null, 1)", ""),

	POSTGRESQL(DatabaseKind.POSTGRESQL, "insert into %s (%s) values (%s) on conflict do nothing",
			"delete from %1$s where id in (select id from %1$s where started_at < ? order by started_at limit ? "
					+ "for update skip locked)",
			"substring(%s from cast(? as text))", " collate \"C\"");

	private final DatabaseKind kind;

	private final String insert;

	private final String deleteExpired;

	private final String firstGroup;

	private final String binaryOrder;

	SqlDialect(DatabaseKind kind, String insert, String deleteExpired, String firstGroup, String binaryOrder) {
		this.kind = kind;
		this.insert = insert;
		this.deleteExpired = deleteExpired;
		this.firstGroup = firstGroup;
		this.binaryOrder = binaryOrder;
	}

	/**
	 * Returns a statement that inserts a row, and changes nothing when it is there.
	 * @param table the table
	 * @return the statement, with a placeholder for every column
	 */
	String insert(Table<?> table) {
		return this.insert.formatted(table.name(), table.columnNames(), table.placeholders());
	}

	/**
	 * Returns a statement that deletes rows older than its first parameter, as many as
	 * its second says at the most.
	 * @param table the table
	 * @return the statement
	 */
	String deleteExpired(Table<?> table) {
		return this.deleteExpired.formatted(table.name());
	}

	/**
	 * Returns what tells the first group of a regular expression, its only parameter, or
	 * null where it does not match.
	 * @param column the column to look into
	 * @return the expression
	 */
	String firstGroup(String column) {
		return this.firstGroup.formatted(column);
	}

	/**
	 * Returns what follows a text in an order that is to be the same in every locale.
	 * @return the clause, possibly empty
	 */
	String binaryOrder() {
		return this.binaryOrder;
	}

	static SqlDialect of(Connection connection) throws SQLException {
		DatabaseKind kind = DatabaseKind.of(connection);
		String product = connection.getMetaData().getDatabaseProductName();
		return Arrays.stream(values())
			.filter((dialect) -> dialect.kind == kind)
			.findFirst()
			.orElseThrow(() -> new CostwiseConfigurationException(
					"The ledger is to be kept in a database that it does not know: " + product + ".",
					"Give it a DataSource of H2 or PostgreSQL by costwise.ledger.jdbc.data-source, or set "
							+ "costwise.ledger.type to memory."));
	}

}
