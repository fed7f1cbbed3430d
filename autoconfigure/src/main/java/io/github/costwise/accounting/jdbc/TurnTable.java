package io.github.costwise.accounting.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;

import io.github.costwise.Money;
import io.github.costwise.Tier;
import io.github.costwise.model.Savings;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.model.TurnRecord.RouteChoice;
import io.github.costwise.model.TurnRecord.TurnCost;
import io.github.costwise.model.TurnRecord.TurnIdentity;
import io.github.costwise.model.TurnRecord.TurnTiming;

/**
 * The table of turns.
 */
final class TurnTable {

	static final String NAME = "costwise_turn";

	static final Table<TurnRecord> TABLE = new Columns<TurnRecord>().text("id", TurnRecord::id)
		.text("parent_turn_id", (turn) -> turn.identity().parentTurnId())
		.moment((turn) -> turn.timing().startedAt())
		.number("latency_nanos", (turn) -> turn.timing().latency().toNanos())
		.attribution(TurnRecord::attribution)
		.text("policy", (turn) -> turn.versions().policy())
		.name("tier", (turn) -> turn.route().tier())
		.text("tier_cause", (turn) -> turn.route().cause())
		.text("prompt_version", (turn) -> turn.versions().prompt())
		.text("routing_version", (turn) -> turn.versions().routing())
		.name("outcome", TurnRecord::outcome)
		.name("cache_outcome", TurnRecord::cacheOutcome)
		.number("calls", (turn) -> (long) turn.cost().calls())
		.money("cost_nanos", (turn) -> turn.cost().amount())
		.money("saved_nanos", (turn) -> turn.cost().saved().total())
		.money("saved_cache_nanos", (turn) -> turn.cost().saved().cache())
		.money("saved_routing_nanos", (turn) -> turn.cost().saved().routing())
		.money("own_nanos", (turn) -> turn.cost().saved().own())
		.of(NAME);

	private TurnTable() {
	}

	static TurnRecord read(ResultSet row) throws SQLException {
		return new TurnRecord(new TurnIdentity(row.getString("id"), row.getString("parent_turn_id")),
				new TurnTiming(Columns.moment(row), Columns.duration(row, "latency_nanos")), Columns.attribution(row),
				Columns.versions(row),
				new RouteChoice(Columns.name(row, "tier", Tier.AUTO), row.getString("tier_cause")),
				Columns.name(row, "outcome", TurnRecord.TurnOutcome.OTHER),
				Columns.name(row, "cache_outcome", TurnRecord.CacheOutcome.OTHER),
				new TurnCost(row.getInt("calls"), Columns.money(row, "cost_nanos"), saved(row)));
	}

	/** Rows of the first version of the schema do not tell what saved. */
	private static Savings saved(ResultSet row) throws SQLException {
		Money cache = Columns.money(row, "saved_cache_nanos");
		return row.wasNull() ? new Savings(Money.ZERO, Columns.money(row, "saved_nanos"), Money.ZERO)
				: new Savings(cache, Columns.money(row, "saved_routing_nanos"), Columns.money(row, "own_nanos"));
	}

}
