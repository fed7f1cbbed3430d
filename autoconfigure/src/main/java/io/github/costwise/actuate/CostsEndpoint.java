package io.github.costwise.actuate;

import java.time.Clock;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

import io.github.costwise.Money;
import io.github.costwise.model.CostQuery;
import io.github.costwise.model.CostSummary;
import io.github.costwise.model.LedgerQuery.Dimension;
import io.github.costwise.spi.UsageLedger;

/**
 * What LLM calls cost: totals, and rows by feature, model, tenant and day. Read-only and
 * thread-safe.
 *
 * @since 0.1.0
 */
@Endpoint(id = "costs")
public class CostsEndpoint {

	static final Map<String, Dimension> DIMENSIONS = dimensions();

	private static final String UNATTRIBUTED = "unattributed";

	private static final String CURRENCY = "USD";

	private static final int TOP = 10;

	private static final int DEFAULT_ROWS = 1000;

	private static final int MAX_ROWS = 10_000;

	private final UsageLedger ledger;

	private final Clock clock;

	/**
	 * Creates an endpoint.
	 * @param ledger where the costs are read
	 * @param clock tells the end of a period that has none
	 */
	public CostsEndpoint(UsageLedger ledger, Clock clock) {
		this.ledger = ledger;
		this.clock = clock;
	}

	/**
	 * Returns totals and the most expensive features, models and tenants.
	 * @param from begin of the period, inclusive: a date or an instant in ISO format, or
	 * {@code null} for the oldest record
	 * @param to end of the period, exclusive, or {@code null} for now
	 * @return the totals
	 */
	@ReadOperation
	public CostReport costs(@Nullable String from, @Nullable String to) {
		Period period = Period.parse(from, to, this.clock);
		CostSummary all = this.ledger.summarize(period.by(Dimension.ALL)).get(0);
		List<CostSummary> features = rows(period, Dimension.FEATURE);
		return new CostReport(begin(period, from), end(period, to), CURRENCY, CostReport.ReportRow.of(all),
				CostReport.Share.of(unattributed(features), all.cost()), top(features),
				top(rows(period, Dimension.MODEL)), top(rows(period, Dimension.TENANT)));
	}

	/**
	 * Returns the rows of one dimension.
	 * @param dimension one of {@code features}, {@code models}, {@code tenants} and
	 * {@code days}
	 * @param from begin of the period, as above
	 * @param to end of the period, as above
	 * @param limit how many rows at the most, 1 to 10,000, or {@code null} for 1,000
	 * @return the rows
	 */
	@ReadOperation
	public CostReport.Listing costsBy(@Selector String dimension, @Nullable String from, @Nullable String to,
			@Nullable String limit) {
		Dimension groupBy = DIMENSIONS.get(dimension);
		if (groupBy == null) {
			throw Period.invalid(unknown(dimension));
		}
		int rows = Limits.parse(limit, DEFAULT_ROWS, MAX_ROWS);
		Period period = Period.parse(from, to, this.clock);
		List<CostSummary> found = rows(period, groupBy);
		return new CostReport.Listing(dimension, begin(period, from), end(period, to), CURRENCY,
				found.stream().limit(rows).map(CostReport.ReportRow::of).toList(), Math.max(0, found.size() - rows));
	}

	CostBreakdown breakdown(CostQueryReader reader) {
		CostQuery query = reader.read(this.clock);
		return CostBreakdown.of(query, this.ledger.query(query), reader.hasEnd());
	}

	static String unknown(String dimension) {
		return "There is no dimension '" + dimension + "'; known ones are " + String.join(", ", DIMENSIONS.keySet());
	}

	private List<CostSummary> rows(Period period, Dimension dimension) {
		List<CostSummary> found = this.ledger.summarize(period.by(dimension));
		return (dimension != Dimension.DAY) ? found
				: found.stream().sorted(Comparator.comparing(CostSummary::key)).toList();
	}

	private static List<CostReport.TopRow> top(List<CostSummary> rows) {
		return rows.stream().limit(TOP).map(CostReport.TopRow::of).toList();
	}

	private static Money unattributed(List<CostSummary> features) {
		return features.stream()
			.filter((row) -> UNATTRIBUTED.equals(row.key()))
			.map(CostSummary::cost)
			.reduce(Money.ZERO, Money::plus);
	}

	private static @Nullable String begin(Period period, @Nullable String asked) {
		return Period.isGiven(asked) ? period.from().toString() : null;
	}

	private static @Nullable String end(Period period, @Nullable String asked) {
		return Period.isGiven(asked) ? period.to().toString() : null;
	}

	private static Map<String, Dimension> dimensions() {
		Map<String, Dimension> known = new LinkedHashMap<>();
		known.put("features", Dimension.FEATURE);
		known.put("models", Dimension.MODEL);
		known.put("tenants", Dimension.TENANT);
		known.put("days", Dimension.DAY);
		return known;
	}

}
