package io.github.costwise.accounting.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A table and how a record becomes one of its rows. The first column is the primary key.
 *
 * @param name the name of the table
 * @param columns the columns in the order of the values of a row
 */
record Table<R>(String name, List<Column<R>> columns) {

	TableRow row(R record) {
		List<@Nullable Object> values = new ArrayList<>(this.columns.size());
		for (Column<R> column : this.columns) {
			values.add(column.held(record));
		}
		return new TableRow(this.name, values);
	}

	void bind(PreparedStatement statement, TableRow row) throws SQLException {
		for (int i = 0; i < this.columns.size(); i++) {
			this.columns.get(i).type().bind(statement, i + 1, row.values().get(i));
		}
	}

	String columnNames() {
		return this.columns.stream().map(Column::name).collect(Collectors.joining(", "));
	}

	String placeholders() {
		return this.columns.stream().map((column) -> "?").collect(Collectors.joining(", "));
	}

	/**
	 * A column and where its value is from.
	 *
	 * @param name the name of the column
	 * @param type the type of its values
	 * @param value reads the value from a record, in the form that rows hold
	 */
	record Column<R>(String name, ColumnType type, Function<R, @Nullable Object> value) {

		@Nullable Object held(R record) {
			Object value = this.value.apply(record);
			return (value instanceof String text) ? RowJson.clean(text) : value;
		}

	}

	/**
	 * A row to be written to the database.
	 *
	 * @param table the name of its table
	 * @param values strings, whole numbers, booleans and {@code null}
	 */
	record TableRow(String table, List<@Nullable Object> values) {

	}

}
