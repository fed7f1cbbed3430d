package io.github.costwise.accounting.jdbc;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Attribution;
import io.github.costwise.Money;
import io.github.costwise.accounting.jdbc.Table.Column;
import io.github.costwise.model.Versions;

/**
 * Collects the columns of a table, and reads their values back.
 */
final class Columns<R> {

	private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

	private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);

	private static final ClassValue<Map<String, Enum<?>>> CONSTANTS = new ClassValue<>() {

		@Override
		protected Map<String, Enum<?>> computeValue(Class<?> type) {
			return Stream.of((Enum<?>[]) type.getEnumConstants())
				.collect(Collectors.toUnmodifiableMap(Enum::name, Function.identity()));
		}

	};

	private final List<Column<R>> columns = new ArrayList<>();

	Columns<R> text(String name, Function<R, @Nullable String> value) {
		return add(name, ColumnType.TEXT, value::apply);
	}

	Columns<R> name(String name, Function<R, Enum<?>> value) {
		return add(name, ColumnType.TEXT, (record) -> value.apply(record).name());
	}

	Columns<R> number(String name, Function<R, @Nullable Long> value) {
		return add(name, ColumnType.NUMBER, value::apply);
	}

	Columns<R> money(String name, Function<R, Money> value) {
		return add(name, ColumnType.NUMBER, (record) -> value.apply(record).nanos());
	}

	Columns<R> flag(String name, Function<R, Boolean> value) {
		return add(name, ColumnType.FLAG, value::apply);
	}

	Columns<R> moment(Function<R, Instant> value) {
		add("started_at", ColumnType.TIME, (record) -> ColumnType.micros(value.apply(record)));
		return add("usage_day", ColumnType.DAY, (record) -> ColumnType.days(value.apply(record)));
	}

	Columns<R> attribution(Function<R, Attribution> value) {
		text("feature", (record) -> value.apply(record).feature());
		text("tenant", (record) -> value.apply(record).tenant());
		text("user_id", (record) -> value.apply(record).user());
		return text("tags", (record) -> RowJson.tags(value.apply(record).tags()));
	}

	private Columns<R> add(String name, ColumnType type, Function<R, @Nullable Object> value) {
		this.columns.add(new Column<>(name, type, value));
		return this;
	}

	Table<R> of(String table) {
		return new Table<>(table, List.copyOf(this.columns));
	}

	static Attribution attribution(ResultSet row) throws SQLException {
		return new Attribution(row.getString("feature"), row.getString("tenant"), row.getString("user_id"),
				RowJson.tags(row.getString("tags")));
	}

	static Versions versions(ResultSet row) throws SQLException {
		return new Versions(row.getString("policy"), row.getString("prompt_version"), row.getString("routing_version"));
	}

	static Instant moment(ResultSet row) throws SQLException {
		return row.getObject("started_at", OffsetDateTime.class).toInstant();
	}

	static Duration duration(ResultSet row, String name) throws SQLException {
		return Duration.ofNanos(row.getLong(name));
	}

	static Money money(ResultSet row, String name) throws SQLException {
		return Money.ofNanos(row.getLong(name));
	}

	/** Reads a sum, which may be beyond what an amount can be. */
	static Money sum(ResultSet row, String name) throws SQLException {
		BigDecimal sum = row.getBigDecimal(name);
		return (sum != null) ? Money.ofNanos(sum.max(LEAST).min(MOST).longValue()) : Money.ZERO;
	}

	/** Reads a name; one that only a newer release knows is the given other. */
	static <E extends Enum<E>> E name(ResultSet row, String name, E other) throws SQLException {
		String stored = row.getString(name);
		Class<E> type = other.getDeclaringClass();
		Enum<?> known = (stored != null) ? CONSTANTS.get(type).get(stored) : null;
		return (known != null) ? type.cast(known) : other;
	}

}
