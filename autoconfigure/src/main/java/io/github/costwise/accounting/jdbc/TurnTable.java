package io.github.costwise.accounting.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;

import io.github.costwise.Money;
import io.github.costwise.Tier;
import io.github.costwise.model.Savings;
import io.github.costwise.model.TurnRecord;

/**
 * The table of turns.
 */
final class TurnTable {

	static final String NAME = "costwise_turn";

	static final Table<TurnRecord> TABLE = new Columns<TurnRecord>().text("id", TurnRecord::id)
		.text("parent_turn_id", TurnRecord::parentTurnId)
		.moment(TurnRecord::startedAt)
		.number("latency_nanos", (turn) -> turn.latency().toNanos())
		.attribution(TurnRecord::attribution)
		.text("policy", TurnRecord::policy)
		.name("tier", TurnRecord::tier)
		.text("tier_cause", TurnRecord::tierCause)
		.text("prompt_version", TurnRecord::promptVersion)
		.text("routing_version", TurnRecord::routingVersion)
		.name("outcome", TurnRecord::outcome)
		.name("cache_outcome", TurnRecord::cacheOutcome)
		.number("calls", (turn) -> (long) turn.calls())
		.money("cost_nanos", TurnRecord::cost)
		.money("saved_nanos", (turn) -> turn.saved().total())
		.money("saved_cache_nanos", (turn) -> turn.saved().cache())
		.money("saved_routing_nanos", (turn) -> turn.saved().routing())
		.money("own_nanos", (turn) -> turn.saved().own())
		.of(NAME);

	private TurnTable() {
	}

	static TurnRecord read(ResultSet row) throws SQLException {
		return new TurnRecord(row.getString("id"), row.getString("parent_turn_id"), Columns.moment(row),
				Columns.duration(row, "latency_nanos"), Columns.attribution(row), row.getString("policy"),
				Columns.name(row, "tier", Tier.AUTO), row.getString("tier_cause"), row.getString("prompt_version"),
				row.getString("routing_version"), Columns.name(row, "outcome", TurnRecord.TurnOutcome.OTHER),
				Columns.name(row, "cache_outcome", TurnRecord.CacheOutcome.OTHER), row.getInt("calls"),
				Columns.money(row, "cost_nanos"), saved(row));
	}

	/** Rows of the first version of the schema do not tell what saved. */
	private static Savings saved(ResultSet row) throws SQLException {
		Money cache = Columns.money(row, "saved_cache_nanos");
		return row.wasNull() ? new Savings(Money.ZERO, Columns.money(row, "saved_nanos"), Money.ZERO)
				: new Savings(cache, Columns.money(row, "saved_routing_nanos"), Columns.money(row, "own_nanos"));
	}

}
