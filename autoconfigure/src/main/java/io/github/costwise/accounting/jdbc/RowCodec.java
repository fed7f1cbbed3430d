package io.github.costwise.accounting.jdbc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import io.github.costwise.accounting.jdbc.Table.Column;
import io.github.costwise.accounting.jdbc.Table.TableRow;

/**
 * Rows as the journal holds them: JSON objects by the names of columns, so that releases
 * with other columns read each other's. What a release does not know is left out, and
 * what it misses is null. Rows of releases that wrote arrays are read too: later columns
 * were only added at the end.
 */
final class RowCodec {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private static final TypeReference<Map<String, @Nullable Object>> BY_NAME = new TypeReference<>() {
	};

	private static final TypeReference<List<@Nullable Object>> IN_ORDER = new TypeReference<>() {
	};

	private static final Map<String, Table<?>> TABLES = Map.of(CallTable.NAME, CallTable.TABLE, TurnTable.NAME,
			TurnTable.TABLE, EntryTable.NAME, EntryTable.TABLE);

	private static final String TABLE = "table";

	private RowCodec() {
	}

	static byte[] write(TableRow row) {
		Map<String, @Nullable Object> values = new LinkedHashMap<>();
		values.put(TABLE, row.table());
		List<? extends Column<?>> columns = table(row.table()).columns();
		for (int i = 0; i < columns.size(); i++) {
			if (row.values().get(i) != null) {
				values.put(columns.get(i).name(), row.values().get(i));
			}
		}
		return MAPPER.writeValueAsBytes(values);
	}

	/**
	 * Reads a row.
	 * @param json what this or another release wrote
	 * @return the row
	 * @throws RuntimeException if it is no row of the ledger
	 */
	static TableRow read(byte[] json) {
		return (json.length > 0 && json[0] == '[') ? inOrder(MAPPER.readValue(json, IN_ORDER))
				: byName(MAPPER.readValue(json, BY_NAME));
	}

	private static TableRow byName(Map<String, @Nullable Object> values) {
		Table<?> table = table(String.valueOf(values.get(TABLE)));
		List<@Nullable Object> found = new ArrayList<>();
		table.columns().forEach((column) -> found.add(values.get(column.name())));
		return new TableRow(table.name(), found);
	}

	private static TableRow inOrder(List<@Nullable Object> values) {
		Table<?> table = table(String.valueOf(values.get(0)));
		List<@Nullable Object> found = new ArrayList<>(values.subList(1, values.size()));
		while (found.size() < table.columns().size()) {
			found.add(null);
		}
		return new TableRow(table.name(), found.subList(0, table.columns().size()));
	}

	private static Table<?> table(String name) {
		Table<?> table = TABLES.get(name);
		if (table == null) {
			throw new IllegalArgumentException("The ledger has no table of that name");
		}
		return table;
	}

}
