package io.github.costwise.accounting.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.CallRecord;
import io.github.costwise.model.LedgerFilter;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.spi.UsageLedger.LedgerEvent;

/**
 * Reads turns and calls back from the database.
 */
final class LedgerEvents {

	static final int FETCH = 500;

	private static final Comparator<LedgerEvent> NEWEST = Comparator.comparing(LedgerEvents::startedAt)
		.thenComparing(LedgerEvents::id)
		.reversed();

	private static final String OF_MODEL = "exists (select 1 from " + CallTable.NAME
			+ " c where c.turn_id = e.id and c.answered_model = ?)";

	private LedgerEvents() {
	}

	static List<LedgerEvent> recent(Connection connection, LedgerFilter filter) throws SQLException {
		List<LedgerEvent> events = new ArrayList<>(turns(connection, filter));
		if (filter.outcome() == null) {
			boolean enough = events.size() == filter.limit();
			Instant since = enough ? startedAt(events.get(events.size() - 1)) : null;
			events.addAll(alone(connection, filter, since));
		}
		return events.stream().sorted(NEWEST).limit(filter.limit()).toList();
	}

	private static List<LedgerEvent> turns(Connection connection, LedgerFilter filter) throws SQLException {
		Conditions conditions = Conditions.of(filter).add("outcome = ?", name(filter)).add(OF_MODEL, filter.model());
		Map<String, TurnRecord> turns = new LinkedHashMap<>();
		conditions.newest(connection, TurnTable.NAME, filter.limit(), (row) -> {
			TurnRecord turn = TurnTable.read(row);
			turns.put(turn.id(), turn);
		});
		Map<String, List<CallRecord>> calls = calls(connection, new ArrayList<>(turns.keySet()));
		return turns.values()
			.stream()
			.map((turn) -> new LedgerEvent(turn, calls.getOrDefault(turn.id(), List.of())))
			.toList();
	}

	private static @Nullable String name(LedgerFilter filter) {
		TurnRecord.TurnOutcome outcome = filter.outcome();
		return (outcome != null) ? outcome.name() : null;
	}

	/** Calls of no turn are looked for only where they may be among the newest. */
	private static List<LedgerEvent> alone(Connection connection, LedgerFilter filter, @Nullable Instant since)
			throws SQLException {
		List<LedgerEvent> events = new ArrayList<>();
		Conditions conditions = Conditions.of(filter)
			.add("turn_id = id")
			.add("answered_model = ?", filter.model())
			.add("started_at >= ?", (since != null) ? since.atOffset(ZoneOffset.UTC) : null);
		conditions.newest(connection, CallTable.NAME, filter.limit(),
				(row) -> events.add(new LedgerEvent(null, List.of(CallTable.read(row)))));
		return events;
	}

	private static Map<String, List<CallRecord>> calls(Connection connection, List<String> turnIds)
			throws SQLException {
		List<CallRecord> calls = new ArrayList<>();
		for (int from = 0; from < turnIds.size(); from += FETCH) {
			addCalls(connection, turnIds.subList(from, Math.min(turnIds.size(), from + FETCH)), calls);
		}
		return calls.stream().collect(Collectors.groupingBy(CallRecord::turnId));
	}

	private static void addCalls(Connection connection, List<String> turnIds, List<CallRecord> calls)
			throws SQLException {
		String placeholders = turnIds.stream().map((id) -> "?").collect(Collectors.joining(", "));
		try (PreparedStatement statement = connection.prepareStatement("select * from " + CallTable.NAME
				+ " where turn_id in (" + placeholders + ") order by turn_id, round, started_at, id")) {
			for (int i = 0; i < turnIds.size(); i++) {
				statement.setString(i + 1, turnIds.get(i));
			}
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					calls.add(CallTable.read(rows));
				}
			}
		}
	}

	/**
	 * Reads the first calls of a period.
	 * @param connection the connection
	 * @param from begin of the period, inclusive
	 * @param to end of the period, exclusive
	 * @param after the call behind which to begin, or {@code null}
	 * @return at most {@link #FETCH} calls, oldest first
	 * @throws SQLException if the database fails
	 */
	static List<CallRecord> page(Connection connection, Instant from, Instant to, @Nullable CallRecord after)
			throws SQLException {
		String behind = (after != null) ? " and (started_at > ? or id > ?)" : "";
		List<CallRecord> page = new ArrayList<>();
		try (PreparedStatement statement = connection.prepareStatement("select * from " + CallTable.NAME
				+ " where started_at >= ? and started_at < ?" + behind + " order by started_at, id limit " + FETCH)) {
			PeriodBinder.bind(statement, 1, (after != null) ? after.timing().startedAt() : from, to);
			if (after != null) {
				statement.setObject(3, after.timing().startedAt().atOffset(ZoneOffset.UTC));
				statement.setString(4, after.id());
			}
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					page.add(CallTable.read(rows));
				}
			}
		}
		return page;
	}

	private static Instant startedAt(LedgerEvent event) {
		TurnRecord turn = event.turn();
		return (turn != null) ? turn.timing().startedAt() : event.calls().get(0).timing().startedAt();
	}

	private static String id(LedgerEvent event) {
		TurnRecord turn = event.turn();
		return (turn != null) ? turn.id() : event.calls().get(0).id();
	}

}
