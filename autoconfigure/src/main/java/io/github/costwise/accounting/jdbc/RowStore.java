package io.github.costwise.accounting.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.costwise.accounting.jdbc.Table.TableRow;
import io.github.costwise.jdbc.SqlErrors;

/**
 * Writes rows to the database and deletes expired ones. Writing a row a second time
 * changes nothing. Not thread-safe.
 */
final class RowStore {

	static final int DELETE_BATCH = 1000;

	private static final List<Table<?>> TABLES = List.of(CallTable.TABLE, TurnTable.TABLE, EntryTable.TABLE);

	private final Database database;

	private @Nullable SQLException lastRefusal;

	RowStore(Database database) {
		this.database = database;
	}

	/**
	 * Writes rows in one transaction; when the database refuses one of them for what it
	 * holds, each in its own.
	 * @param rows the rows
	 * @return how many rows the database refused for good
	 * @throws SQLException if the database cannot take rows now
	 */
	int insert(List<TableRow> rows) throws SQLException {
		try {
			this.database.inBoundedTransaction((connection, dialect) -> insert(connection, dialect, rows));
			return 0;
		}
		catch (SQLException ex) {
			if (!SqlErrors.isOfRow(ex)) {
				throw ex;
			}
			this.lastRefusal = ex;
			return (rows.size() == 1) ? 1 : insertOneByOne(rows);
		}
	}

	private int insertOneByOne(List<TableRow> rows) throws SQLException {
		int refused = 0;
		for (TableRow row : rows) {
			refused += insert(List.of(row));
		}
		return refused;
	}

	private static int insert(Connection connection, SqlDialect dialect, List<TableRow> rows) throws SQLException {
		for (Table<?> table : TABLES) {
			List<TableRow> own = rows.stream().filter((row) -> row.table().equals(table.name())).toList();
			if (!own.isEmpty()) {
				insert(connection, dialect.insert(table), table, own);
			}
		}
		return rows.size();
	}

	private static void insert(Connection connection, String sql, Table<?> table, List<TableRow> rows)
			throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.setQueryTimeout(Database.TIMEOUT_SECONDS);
			for (TableRow row : rows) {
				table.bind(statement, row);
				statement.addBatch();
			}
			statement.executeBatch();
		}
	}

	/**
	 * Returns why a row was refused.
	 * @return the latest refusal without the row, or {@code null} for none
	 */
	@Nullable Exception lastRefusal() {
		SQLException refusal = this.lastRefusal;
		return (refusal != null) ? new SQLException("SQLState " + refusal.getSQLState()) : null;
	}

	/**
	 * Deletes a batch of expired rows from each table.
	 * @param before rows that began before are expired
	 * @return whether more may be left
	 * @throws SQLException if the database fails
	 */
	boolean deleteExpired(Instant before) throws SQLException {
		boolean more = false;
		for (Table<?> table : TABLES) {
			more |= deleteExpired(table, before) == DELETE_BATCH;
		}
		return more;
	}

	private int deleteExpired(Table<?> table, Instant before) throws SQLException {
		return this.database.inBoundedTransaction((connection, dialect) -> {
			try (PreparedStatement statement = connection.prepareStatement(dialect.deleteExpired(table))) {
				statement.setQueryTimeout(Database.TIMEOUT_SECONDS);
				statement.setObject(1, before.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
				statement.setInt(2, DELETE_BATCH);
				return statement.executeUpdate();
			}
		});
	}

}
