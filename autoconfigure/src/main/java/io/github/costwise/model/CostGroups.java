package io.github.costwise.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Attribution;
import io.github.costwise.model.CostAnswer.Rest;
import io.github.costwise.model.CostAnswer.Row;
import io.github.costwise.model.CostQuery.Filter;

/**
 * Sums up calls and turns by the dimensions of a query, for ledgers that hold them in
 * memory. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class CostGroups {

	private final CostQuery query;

	private final boolean countsTurns;

	private final Map<List<@Nullable String>, CostSummary> groups = new HashMap<>();

	private @Nullable CostSummary undistinguished;

	/**
	 * Begins with nothing.
	 * @param query the query
	 * @param countsTurns whether turns are given too, where the query counts them
	 */
	public CostGroups(CostQuery query, boolean countsTurns) {
		this.query = query;
		this.countsTurns = countsTurns && query.countsTurns();
		if (query.by().isEmpty()) {
			this.groups.put(List.of(), CostSummary.none(CostAnswer.key(List.of())));
		}
	}

	/**
	 * Adds a call if it passes the filters; its time is not looked at.
	 * @param call the call
	 */
	public void add(CallRecord call) {
		Function<CostDimension, @Nullable String> values = (dimension) -> value(dimension, call);
		if (matches(values)) {
			add(values, CostSummary.of(call));
		}
	}

	/**
	 * Adds a turn if it passes the filters and turns count; its time is not looked at.
	 * @param turn the turn
	 */
	public void add(TurnRecord turn) {
		Function<CostDimension, @Nullable String> values = (dimension) -> value(dimension, turn.attribution(),
				turn.versions().policy(), turn.timing().startedAt());
		if (this.countsTurns && matches(values)) {
			add(values, CostSummary.of(turn));
		}
	}

	/**
	 * Adds sums, whatever the filters.
	 * @param values tells the values that all of them have
	 * @param sums the sums
	 */
	public void add(Function<CostDimension, @Nullable String> values, CostSummary sums) {
		List<@Nullable String> key = new ArrayList<>(this.query.by().size());
		for (CostDimension dimension : this.query.by()) {
			key.add(values.apply(dimension));
		}
		CostSummary before = this.groups.get(key);
		if (before == null) {
			before = CostSummary.none(CostAnswer.key(key));
		}
		this.groups.put(Collections.unmodifiableList(key), before.plus(sums));
	}

	/**
	 * Adds sums that may or may not belong to the rows.
	 * @param sums the sums
	 */
	public void addUndistinguished(CostSummary sums) {
		CostSummary before = this.undistinguished;
		this.undistinguished = ((before != null) ? before : CostSummary.none("undistinguished")).plus(sums);
	}

	/**
	 * Returns whether all that was added is in rows.
	 * @return whether nothing is undistinguished
	 */
	public boolean tellsAll() {
		return this.undistinguished == null;
	}

	private @Nullable String value(CostDimension dimension, CallRecord call) {
		return switch (dimension.kind()) {
			case PROVIDER -> call.target().provider();
			case MODEL -> call.target().answeredModel();
			case PURPOSE -> call.purpose().name();
			default -> value(dimension, call.attribution(), call.versions().policy(), call.timing().startedAt());
		};
	}

	private @Nullable String value(CostDimension dimension, Attribution whose, String policy, Instant at) {
		return switch (dimension.kind()) {
			case FEATURE -> whose.feature();
			case TENANT -> whose.tenant();
			case USER -> whose.user();
			case TAG -> whose.tags().get(Objects.requireNonNull(dimension.tag()));
			case POLICY -> policy;
			case HOUR, DAY -> this.query.slice(dimension, at);
			case PROVIDER, MODEL, PURPOSE -> throw new IllegalArgumentException("Only calls have " + dimension);
		};
	}

	private boolean matches(Function<CostDimension, @Nullable String> values) {
		for (Filter filter : this.query.filters()) {
			if (!Objects.equals(filter.value(), values.apply(filter.dimension()))) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Answers with what was added.
	 * @param from from when on all of it was added
	 * @param gaps why it may not be all that was asked for; empty when it is
	 * @return the answer
	 */
	public CostAnswer answer(Instant from, List<String> gaps) {
		List<Row> rows = this.groups.entrySet()
			.stream()
			.map((group) -> new Row(group.getKey(), group.getValue()))
			.sorted(CostAnswer.byCost())
			.toList();
		int shown = Math.min(rows.size(), this.query.limit());
		List<Row> left = rows.subList(shown, rows.size());
		Rest rest = left.isEmpty() ? null : new Rest(left.size(),
				left.stream().map(Row::sums).reduce(CostSummary.none("rest"), CostSummary::plus));
		return new CostAnswer(CostAnswer.inOrder(this.query, rows.subList(0, shown)), rest, this.undistinguished,
				this.countsTurns, from, gaps);
	}

}
