package io.github.costwise.accounting.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import io.github.costwise.Money;
import io.github.costwise.model.CostSummary;
import io.github.costwise.model.LedgerQuery;
import io.github.costwise.model.LedgerQuery.Dimension;
import io.github.costwise.model.Savings;
import io.github.costwise.model.TokenUsage;

/**
 * Sums up the ledger in the database.
 */
final class LedgerSums {

	private static final Comparator<CostSummary> MOST_EXPENSIVE_FIRST = Comparator.comparing(CostSummary::cost)
		.reversed()
		.thenComparing(CostSummary::key);

	private static final String CALLS = "select %s as summary_key, count(*) as calls, "
			+ count("outcome <> 'SUCCEEDED'", "failed") + ", " + count("price_state = 'UNKNOWN'", "unknown_price")
			+ ", " + count("coverage = 'UNATTRIBUTED'", "unattributed") + ", "
			+ count("coverage = 'UNMANAGED'", "unmanaged")
			+ ", sum(cost_nanos) as cost, sum(input_nanos) as input_cost, sum(cached_nanos) as cached_cost, "
			+ "sum(output_nanos) as output_cost, sum(other_nanos) as other_cost, " + cost("retry_spend", "retry_cost")
			+ ", " + cost("estimated", "estimated_cost") + ", " + cost("coverage = 'UNATTRIBUTED'", "unattributed_cost")
			+ ", " + cost("coverage = 'UNMANAGED'", "unmanaged_cost") + ", " + CallTable.unitSums() + " from "
			+ CallTable.NAME + " where started_at >= ? and started_at < ?%s";

	private static final String TURNS = "select %s as summary_key, count(*) as turns, sum(coalesce(saved_cache_nanos, 0)) as cache, "
			+ "sum(coalesce(saved_routing_nanos, saved_nanos)) as routing, sum(coalesce(own_nanos, 0)) as own from "
			+ TurnTable.NAME + " where started_at >= ? and started_at < ?%s";

	private LedgerSums() {
	}

	private static String count(String condition, String name) {
		return "sum(case when " + condition + " then 1 else 0 end) as " + name;
	}

	private static String cost(String condition, String name) {
		return "sum(case when " + condition + " then cost_nanos else 0 end) as " + name;
	}

	static List<CostSummary> read(Connection connection, LedgerQuery query) throws SQLException {
		Map<String, CostSummary> rows = new TreeMap<>();
		if (query.groupBy() == Dimension.ALL) {
			rows.put("all", turns("all", 0, Savings.NONE));
		}
		if (query.groupBy() != Dimension.MODEL) {
			readTurns(connection, query, rows);
		}
		readCalls(connection, query, rows);
		Collection<CostSummary> found = rows.values();
		return found.stream().sorted(MOST_EXPENSIVE_FIRST).toList();
	}

	private static void readTurns(Connection connection, LedgerQuery query, Map<String, CostSummary> rows)
			throws SQLException {
		try (PreparedStatement statement = statement(connection, TURNS, query);
				ResultSet found = statement.executeQuery()) {
			while (found.next()) {
				String key = found.getString("summary_key");
				rows.put(key, turns(key, found.getLong("turns"), new Savings(Columns.sum(found, "cache"),
						Columns.sum(found, "routing"), Columns.sum(found, "own"))));
			}
		}
	}

	private static void readCalls(Connection connection, LedgerQuery query, Map<String, CostSummary> rows)
			throws SQLException {
		Function<String, CostSummary> none = (key) -> turns(key, 0, Savings.NONE);
		try (PreparedStatement statement = statement(connection, CALLS, query);
				ResultSet found = statement.executeQuery()) {
			while (found.next()) {
				String key = found.getString("summary_key");
				rows.put(key, withCalls(rows.computeIfAbsent(key, none), found));
			}
		}
	}

	private static PreparedStatement statement(Connection connection, String sql, LedgerQuery query)
			throws SQLException {
		String key = expression(query.groupBy());
		String groupBy = (query.groupBy() == Dimension.ALL) ? "" : " group by " + key;
		PreparedStatement statement = connection.prepareStatement(sql.formatted(key, groupBy));
		PeriodBinder.bind(statement, 1, query.from(), query.to());
		return statement;
	}

	private static String expression(Dimension dimension) {
		return switch (dimension) {
			case ALL -> "'all'";
			case FEATURE -> "coalesce(feature, 'unattributed')";
			case MODEL -> "provider || '/' || answered_model";
			case TENANT -> "coalesce(tenant, 'unattributed')";
			case DAY -> "usage_day";
		};
	}

	private static CostSummary turns(String key, long turns, Savings saved) {
		Money none = Money.ZERO;
		return new CostSummary(key, turns, 0, 0, TokenUsage.NONE, none, none, none, none, none, none, none, none, none,
				saved, 0, 0, 0);
	}

	private static CostSummary withCalls(CostSummary turns, ResultSet row) throws SQLException {
		return new CostSummary(turns.key(), turns.turns(), row.getLong("calls"), row.getLong("failed"),
				CallTable.usage(row), Columns.sum(row, "cost"), Columns.sum(row, "input_cost"),
				Columns.sum(row, "cached_cost"), Columns.sum(row, "output_cost"), Columns.sum(row, "other_cost"),
				Columns.sum(row, "retry_cost"), Columns.sum(row, "estimated_cost"),
				Columns.sum(row, "unattributed_cost"), Columns.sum(row, "unmanaged_cost"), turns.saved(),
				row.getLong("unknown_price"), row.getLong("unattributed"), row.getLong("unmanaged"));
	}

}
