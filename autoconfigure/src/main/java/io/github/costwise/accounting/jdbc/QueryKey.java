package io.github.costwise.accounting.jdbc;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CostDimension;
import io.github.costwise.model.CostQuery;

/**
 * How the database tells the value of a dimension, and how the value is read from what it
 * tells.
 */
final class QueryKey {

	private static final String PURPOSES = Arrays.stream(CallRecord.Purpose.values())
		.map((purpose) -> "'" + purpose + "'")
		.collect(Collectors.joining(", "));

	private final CostDimension dimension;

	private final ZoneId zone;

	private final Fragment fragment;

	private QueryKey(CostDimension dimension, ZoneId zone, Fragment fragment) {
		this.dimension = dimension;
		this.zone = zone;
		this.fragment = fragment;
	}

	/**
	 * Returns the key of a dimension.
	 * @param dimension the dimension
	 * @param query tells period and zone
	 * @param dialect the dialect of the database
	 * @param latest no record began later
	 * @return the key
	 */
	static QueryKey of(CostDimension dimension, CostQuery query, SqlDialect dialect, Instant latest) {
		Fragment fragment = switch (dimension.kind()) {
			case FEATURE -> new Fragment("feature");
			case TENANT -> new Fragment("tenant");
			case USER -> new Fragment("user_id");
			case TAG -> new Fragment(dialect.firstGroup("tags"), RowJson.tagPattern(tag(dimension)));
			case PROVIDER -> new Fragment("provider");
			case MODEL -> new Fragment("answered_model");
			case POLICY -> new Fragment("policy");
			case PURPOSE -> new Fragment("case when purpose in (" + PURPOSES + ") then purpose else 'OTHER' end");
			case HOUR -> slice(offset(query, latest), "* 3600 - ", 3600);
			case DAY -> slice(offset(query, latest), "", 86_400);
		};
		return new QueryKey(dimension, query.zone(), fragment);
	}

	private static String tag(CostDimension dimension) {
		return Objects.requireNonNull(dimension.tag());
	}

	private static Fragment slice(Fragment offset, String back, int seconds) {
		Fragment number = new Fragment("floor((extract(epoch from started_at) + ").and(offset)
			.and(new Fragment(") / " + seconds + ")"));
		Fragment start = back.isEmpty() ? number : number.and(new Fragment(" " + back)).and(offset);
		return new Fragment("cast(").and(start).and(new Fragment(" as bigint)"));
	}

	/** The offset of the zone at the begin of a record, the newest transition first. */
	private static Fragment offset(CostQuery query, Instant latest) {
		ZoneRules rules = query.zone().getRules();
		Instant end = query.to().isBefore(latest) ? query.to() : latest;
		List<Object> values = new ArrayList<>();
		StringBuilder cases = new StringBuilder();
		ZoneOffsetTransition next = rules.nextTransition(query.from());
		while (next != null && next.getInstant().isBefore(end)) {
			cases.insert(0, " when started_at >= ? then cast(? as integer)");
			values.addAll(0,
					List.of(next.getInstant().atOffset(ZoneOffset.UTC), next.getOffsetAfter().getTotalSeconds()));
			next = rules.nextTransition(next.getInstant());
		}
		int first = rules.getOffset(query.from()).getTotalSeconds();
		return cases.isEmpty() ? new Fragment("(" + first + ")")
				: new Fragment("(case" + cases + " else " + first + " end)", values);
	}

	Fragment fragment() {
		return this.fragment;
	}

	/**
	 * Returns the condition that a record has a value.
	 * @param value the value, or {@code null} for none
	 * @return the condition
	 */
	Fragment is(@Nullable String value) {
		if (value == null) {
			return this.fragment.and(new Fragment(" is null"));
		}
		boolean tag = this.dimension.kind() == CostDimension.DimensionKind.TAG;
		return this.fragment.and(new Fragment(" = ?", tag ? RowJson.escaped(value) : RowJson.clean(value)));
	}

	String order(SqlDialect dialect) {
		return this.dimension.isTime() ? "" : dialect.binaryOrder();
	}

	/**
	 * Reads a value.
	 * @param stored what the database told, or {@code null}
	 * @return the value, or {@code null} for none
	 */
	@Nullable String value(@Nullable Object stored) {
		if (stored == null) {
			return null;
		}
		return switch (this.dimension.kind()) {
			case TAG -> RowJson.unescaped(stored.toString());
			case HOUR ->
				OffsetDateTime.ofInstant(Instant.ofEpochSecond(((Number) stored).longValue()), this.zone).toString();
			case DAY -> LocalDate.ofEpochDay(((Number) stored).longValue()).toString();
			default -> stored.toString();
		};
	}

	/**
	 * A part of a statement.
	 *
	 * @param sql the text, with a placeholder for every value
	 * @param values the values to bind
	 */
	record Fragment(String sql, List<Object> values) {

		Fragment(String sql, Object... values) {
			this(sql, List.of(values));
		}

		Fragment and(Fragment next) {
			List<Object> both = new ArrayList<>(this.values);
			both.addAll(next.values);
			return new Fragment(this.sql + next.sql, both);
		}

	}

}
