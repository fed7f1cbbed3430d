package io.github.costwise.accounting.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.github.costwise.accounting.jdbc.QueryKey.Fragment;
import io.github.costwise.model.CostAnswer;
import io.github.costwise.model.CostAnswer.Rest;
import io.github.costwise.model.CostAnswer.Row;
import io.github.costwise.model.CostQuery;

/**
 * Answers a query in the database, by one statement: it groups calls and turns together,
 * ranks the groups by their cost, and sums up in one row those beyond the limit.
 */
final class LedgerRows {

	private final CostQuery query;

	private final SqlDialect dialect;

	private final Instant latest;

	private final List<QueryKey> keys;

	private LedgerRows(CostQuery query, SqlDialect dialect, Instant latest) {
		this.query = query;
		this.dialect = dialect;
		this.latest = latest;
		this.keys = query.by().stream().map((dimension) -> QueryKey.of(dimension, query, dialect, latest)).toList();
	}

	/**
	 * Reads the answer.
	 * @param connection the connection
	 * @param dialect the dialect of the database
	 * @param query the query
	 * @param latest no record began later
	 * @param gaps what the database does not hold
	 * @return the answer
	 * @throws SQLException if the database fails
	 */
	static CostAnswer read(Connection connection, SqlDialect dialect, CostQuery query, Instant latest,
			List<String> gaps) throws SQLException {
		return new LedgerRows(query, dialect, latest).read(connection, gaps);
	}

	private CostAnswer read(Connection connection, List<String> gaps) throws SQLException {
		List<Row> rows = new ArrayList<>();
		Rest rest = null;
		Fragment all = statement();
		try (PreparedStatement statement = connection.prepareStatement(all.sql())) {
			bind(statement, all.values());
			try (ResultSet found = statement.executeQuery()) {
				while (found.next()) {
					if (found.getLong("place") <= this.query.limit()) {
						rows.add(row(found));
					}
					else {
						rest = new Rest(found.getLong("places"), QueryColumns.read(found, "rest"));
					}
				}
			}
		}
		return new CostAnswer(CostAnswer.inOrder(this.query, rows), rest, null, this.query.countsTurns(),
				this.query.from(), gaps);
	}

	private static void bind(PreparedStatement statement, List<Object> values) throws SQLException {
		for (int i = 0; i < values.size(); i++) {
			statement.setObject(i + 1, values.get(i));
		}
	}

	private Row row(ResultSet found) throws SQLException {
		List<@Nullable String> values = new ArrayList<>();
		for (int i = 0; i < this.keys.size(); i++) {
			values.add(this.keys.get(i).value(found.getObject("key_" + i)));
		}
		return new Row(Collections.unmodifiableList(values), QueryColumns.read(found, CostAnswer.key(values)));
	}

	private Fragment statement() {
		Fragment records = records(CallTable.NAME, QueryColumns.ofCall());
		if (this.query.countsTurns()) {
			records = records.and(new Fragment(" union all ")).and(records(TurnTable.NAME, QueryColumns.ofTurn()));
		}
		String group = this.keys.isEmpty() ? "" : " group by " + keys((i) -> "key_" + i);
		int limit = this.query.limit();
		return new Fragment("with records (" + columns((i) -> "key_" + i) + QueryColumns.names() + ") as (")
			.and(records)
			.and(new Fragment("), sums as (select " + columns((i) -> "key_" + i) + QueryColumns.sums() + " from records"
					+ group + "), ranked as (select s.*, row_number() over (order by " + order()
					+ ") as place from sums s), cut as (select r.*, case when r.place <= ? then r.place else ? end "
					+ "as shown from ranked r) select shown as place, count(*) as places, "
					+ columns((i) -> "min(key_" + i + ") as key_" + i) + QueryColumns.sums()
					+ " from cut group by shown order by shown", (long) limit, limit + 1L));
	}

	/** Those that cost most first, then by their values, those without one first. */
	private String order() {
		String keys = keys((i) -> "key_" + i + this.keys.get(i).order(this.dialect) + " nulls first");
		return "coalesce(cost, 0) desc" + (keys.isEmpty() ? "" : ", " + keys);
	}

	private Fragment records(String table, String columns) {
		Fragment select = new Fragment("select ");
		for (QueryKey key : this.keys) {
			select = select.and(key.fragment()).and(new Fragment(", "));
		}
		Fragment all = select.and(new Fragment(columns + " from " + table + " where started_at >= ? and started_at < ?",
				PeriodBinder.bound(this.query.from()), PeriodBinder.bound(this.query.to())));
		for (CostQuery.Filter filter : this.query.filters()) {
			QueryKey key = QueryKey.of(filter.dimension(), this.query, this.dialect, this.latest);
			all = all.and(new Fragment(" and ")).and(key.is(filter.value()));
		}
		return all;
	}

	private String keys(IntFunction<String> text) {
		return IntStream.range(0, this.keys.size()).mapToObj(text).collect(Collectors.joining(", "));
	}

	private String columns(IntFunction<String> text) {
		return this.keys.isEmpty() ? "" : keys(text) + ", ";
	}

}
