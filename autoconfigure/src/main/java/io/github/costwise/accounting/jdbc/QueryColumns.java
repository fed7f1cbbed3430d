package io.github.costwise.accounting.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.CostSummary;
import io.github.costwise.model.Savings;

/**
 * What a query sums up: a column for every sum, with what a call and what a turn adds.
 */
final class QueryColumns {

	private static final Map<String, String> OF_CALLS = ofCalls();

	private static final Map<String, String> OF_TURNS = ofTurns();

	private QueryColumns() {
	}

	private static Map<String, String> ofCalls() {
		Map<String, String> columns = new LinkedHashMap<>();
		columns.put("calls", "1");
		columns.put("failed", count("outcome <> 'SUCCEEDED'"));
		columns.put("unknown_price", count("price_state = 'UNKNOWN'"));
		columns.put("unattributed", count("coverage = 'UNATTRIBUTED'"));
		columns.put("unmanaged", count("coverage = 'UNMANAGED'"));
		columns.put("cost", "cost_nanos");
		columns.put("input_cost", "input_nanos");
		columns.put("cached_cost", "cached_nanos");
		columns.put("output_cost", "output_nanos");
		columns.put("other_cost", "other_nanos");
		columns.put("retry_cost", cost("retry_spend"));
		columns.put("estimated_cost", cost("estimated"));
		columns.put("unattributed_cost", cost("coverage = 'UNATTRIBUTED'"));
		columns.put("unmanaged_cost", cost("coverage = 'UNMANAGED'"));
		for (BilledUnit unit : BilledUnit.values()) {
			columns.put(CallTable.column(unit), CallTable.column(unit));
		}
		return columns;
	}

	private static Map<String, String> ofTurns() {
		Map<String, String> columns = new LinkedHashMap<>();
		columns.put("turns", "1");
		columns.put("saved_cache", "coalesce(saved_cache_nanos, 0)");
		columns.put("saved_routing", "coalesce(saved_routing_nanos, saved_nanos)");
		columns.put("saved_own", "coalesce(own_nanos, 0)");
		return columns;
	}

	private static String count(String condition) {
		return "case when " + condition + " then 1 else 0 end";
	}

	private static String cost(String condition) {
		return "case when " + condition + " then cost_nanos else 0 end";
	}

	/** What a call adds to every sum, for a select. */
	static String ofCall() {
		return join(OF_CALLS, (name, value) -> value) + ", " + join(OF_TURNS, (name, value) -> "0");
	}

	/** What a turn adds to every sum, for a select. */
	static String ofTurn() {
		return join(OF_CALLS, (name, value) -> "0") + ", " + join(OF_TURNS, (name, value) -> value);
	}

	/** The names of all sums, in the same order. */
	static String names() {
		return join(OF_CALLS, (name, value) -> name) + ", " + join(OF_TURNS, (name, value) -> name);
	}

	/** All sums again, for a select. */
	static String sums() {
		BinaryOperator<String> sum = (name, value) -> "sum(" + name + ") as " + name;
		return join(OF_CALLS, sum) + ", " + join(OF_TURNS, sum);
	}

	private static String join(Map<String, String> columns, BinaryOperator<String> text) {
		return columns.entrySet()
			.stream()
			.map((column) -> text.apply(column.getKey(), column.getValue()))
			.collect(Collectors.joining(", "));
	}

	static CostSummary read(ResultSet row, String key) throws SQLException {
		Savings saved = new Savings(Columns.sum(row, "saved_cache"), Columns.sum(row, "saved_routing"),
				Columns.sum(row, "saved_own"));
		return new CostSummary(key, row.getLong("turns"), row.getLong("calls"), row.getLong("failed"),
				CallTable.usage(row), Columns.sum(row, "cost"), Columns.sum(row, "input_cost"),
				Columns.sum(row, "cached_cost"), Columns.sum(row, "output_cost"), Columns.sum(row, "other_cost"),
				Columns.sum(row, "retry_cost"), Columns.sum(row, "estimated_cost"),
				Columns.sum(row, "unattributed_cost"), Columns.sum(row, "unmanaged_cost"), saved,
				row.getLong("unknown_price"), row.getLong("unattributed"), row.getLong("unmanaged"));
	}

}
