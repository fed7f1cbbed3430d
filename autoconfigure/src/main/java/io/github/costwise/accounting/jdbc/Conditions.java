package io.github.costwise.accounting.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.LedgerFilter;

/**
 * The conditions of a select over a table of the ledger.
 */
final class Conditions {

	private final List<String> conditions = new ArrayList<>();

	private final List<Object> values = new ArrayList<>();

	static Conditions of(LedgerFilter filter) {
		return new Conditions().add("feature = ?", filter.feature())
			.add("tenant = ?", filter.tenant())
			.add("user_id = ?", filter.user());
	}

	Conditions add(String condition) {
		this.conditions.add(condition);
		return this;
	}

	Conditions add(String condition, @Nullable Object value) {
		if (value != null) {
			add(condition);
			this.values.add(value);
		}
		return this;
	}

	void newest(Connection connection, String table, int limit, RowConsumer consumer) throws SQLException {
		String where = this.conditions.isEmpty() ? "" : " where " + String.join(" and ", this.conditions);
		String sql = "select * from " + table + " e" + where + " order by started_at desc, id desc limit " + limit;
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			for (int i = 0; i < this.values.size(); i++) {
				statement.setObject(i + 1, this.values.get(i));
			}
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					consumer.accept(rows);
				}
			}
		}
	}

	/** Takes one row. */
	@FunctionalInterface
	interface RowConsumer {

		/**
		 * Takes the current row.
		 * @param row the result at that row
		 * @throws SQLException if it cannot be read
		 */
		void accept(ResultSet row) throws SQLException;

	}

}
