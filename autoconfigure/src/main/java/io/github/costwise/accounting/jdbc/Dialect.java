package io.github.costwise.accounting.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;

import io.github.costwise.CostwiseConfigurationException;

/**
 * What the supported databases say differently.
 */
enum Dialect {

	H2("H2", "merge into %s (%s) key (id) values (%s)", "delete from %s where started_at < ? limit ?"),

	POSTGRESQL("PostgreSQL", "insert into %s (%s) values (%s) on conflict do nothing",
			"delete from %1$s where id in (select id from %1$s where started_at < ? order by started_at limit ? "
					+ "for update skip locked)");

	private final String product;

	private final String insert;

	private final String deleteExpired;

	Dialect(String product, String insert, String deleteExpired) {
		this.product = product;
		this.insert = insert;
		this.deleteExpired = deleteExpired;
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

	static Dialect of(Connection connection) throws SQLException {
		String product = connection.getMetaData().getDatabaseProductName();
		return Arrays.stream(values())
			.filter((dialect) -> dialect.product.equals(product))
			.findFirst()
			.orElseThrow(() -> new CostwiseConfigurationException(
					"The ledger is to be kept in a database that it does not know: " + product + ".",
					"Give it a DataSource of H2 or PostgreSQL by costwise.ledger.jdbc.data-source, or set "
							+ "costwise.ledger.type to memory."));
	}

}
