package io.github.costwise.model;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * What a ledger answers to a {@link CostQuery}. Rows, the rest and what cannot be
 * distinguished exclude each other. Immutable.
 *
 * @param rows a row for each combination of values that occurs, in the order of time
 * where hours or days were asked for, else those that cost most first; those that cost
 * most are chosen where there are more than the limit
 * @param rest what the limit left out, or {@code null} for nothing
 * @param undistinguished what may or may not belong to the rows: sums that the ledger
 * keeps, but no longer by what was asked for; {@code null} for none
 * @param countsTurns whether turns and savings were counted; where not, they are zero
 * @param from what the rows cover: begin, inclusive; later than asked for where the
 * ledger keeps no more
 * @param gaps why the answer is not complete, a sentence each; empty when it is
 * @since 0.1.0
 */
public record CostAnswer(List<Row> rows, @Nullable Rest rest, @Nullable CostSummary undistinguished,
		boolean countsTurns, Instant from, List<String> gaps) {

	/** Those that cost most first, then by their values, those without one first. */
	private static final Comparator<Row> COST = Comparator.<Row, Long>comparing((row) -> row.sums().cost().nanos())
		.reversed()
		.thenComparing(Row::values, CostAnswer::compare);

	public CostAnswer {
		rows = List.copyOf(rows);
		gaps = List.copyOf(gaps);
	}

	/**
	 * Returns whether rows and rest hold everything that was asked for.
	 * @return whether there is no gap
	 */
	public boolean complete() {
		return this.gaps.isEmpty();
	}

	/**
	 * Returns the key of a row in one text, to show it.
	 * @param values its values
	 * @return the values, separated by {@code " / "}; {@code all} when there are none
	 */
	public static String key(List<@Nullable String> values) {
		StringJoiner key = new StringJoiner(" / ").setEmptyValue("all");
		values.forEach((value) -> key.add((value != null) ? value : "unattributed"));
		return key.toString();
	}

	static Comparator<Row> byCost() {
		return COST;
	}

	/**
	 * Returns rows in the order of an answer.
	 * @param query the query
	 * @param rows the rows that are left
	 * @return the rows in order
	 */
	public static List<Row> inOrder(CostQuery query, List<Row> rows) {
		int hour = query.by().indexOf(CostDimension.HOUR);
		int day = query.by().indexOf(CostDimension.DAY);
		Comparator<Row> order = COST;
		if (hour >= 0) {
			order = inTime(hour, (text) -> OffsetDateTime.parse(text).toInstant());
		}
		else if (day >= 0) {
			order = inTime(day, Function.identity());
		}
		return rows.stream().sorted(order).toList();
	}

	private static <T extends Comparable<? super T>> Comparator<Row> inTime(int index, Function<String, T> time) {
		return Comparator.<Row, T>comparing((row) -> time.apply(String.valueOf(row.values().get(index))))
			.thenComparing(COST);
	}

	private static int compare(List<@Nullable String> left, List<@Nullable String> right) {
		Comparator<@Nullable String> order = Comparator.nullsFirst(Comparator.naturalOrder());
		for (int i = 0; i < left.size(); i++) {
			int compared = order.compare(left.get(i), right.get(i));
			if (compared != 0) {
				return compared;
			}
		}
		return 0;
	}

	/**
	 * Sums of what has the same values.
	 *
	 * @param values the values in the order of the dimensions, {@code null} for none
	 * @param sums the sums; their key joins the values
	 */
	public record Row(List<@Nullable String> values, CostSummary sums) {

	}

	/**
	 * What the limit left out.
	 *
	 * @param rows how many rows
	 * @param sums their sums
	 */
	public record Rest(long rows, CostSummary sums) {

	}

}
