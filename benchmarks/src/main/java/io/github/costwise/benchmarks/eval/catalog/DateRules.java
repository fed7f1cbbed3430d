package io.github.costwise.benchmarks.eval.catalog;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import io.github.costwise.benchmarks.eval.catalog.CatalogFinding.FindingKind;
import io.github.costwise.model.BilledUnit;
import io.github.costwise.pricing.PriceBand;
import io.github.costwise.pricing.PriceRow;

/** What the rows of one model must satisfy over time. */
final class DateRules {

	private final CatalogExceptions exceptions;

	private final List<CatalogFinding> findings;

	DateRules(CatalogExceptions exceptions, List<CatalogFinding> findings) {
		this.exceptions = exceptions;
		this.findings = findings;
	}

	/**
	 * Checks the rows of a model.
	 * @param rows the rows, the oldest first
	 */
	void check(List<PriceRow> rows) {
		for (int i = 1; i < rows.size(); i++) {
			PriceRow before = rows.get(i - 1);
			PriceRow row = rows.get(i);
			if (!before.until().equals(row.from())) {
				add(FindingKind.DATES, row,
						"the row before ends at " + before.until() + ", this one begins at " + row.from());
			}
			else {
				classes(before, row);
			}
		}
	}

	private void classes(PriceRow before, PriceRow row) {
		String lost = lost(before, row);
		if (row.isFree() || lost.isEmpty()) {
			return;
		}
		String day = row.from().atOffset(ZoneOffset.UTC).toLocalDate().toString();
		if (!this.exceptions.covers(CatalogExceptions.ENDED, row.id().provider(), row.id().model(), day)) {
			add(FindingKind.LOST_CLASSES, row, "from " + day + " it lacks " + lost + " of the row before");
		}
	}

	/**
	 * The bands that a row has not, and of those that it has, the units without a rate.
	 */
	private static String lost(PriceRow before, PriceRow row) {
		List<String> lost = new ArrayList<>();
		for (PriceBand band : before.rates().keySet()) {
			if (!row.rates().containsKey(band)) {
				lost.add(band.toString());
				continue;
			}
			for (BilledUnit unit : BilledUnit.values()) {
				if (before.rate(band, unit) != null && row.rate(band, unit) == null) {
					lost.add(unit + " in " + band);
				}
			}
		}
		return String.join(", ", lost);
	}

	private void add(FindingKind kind, PriceRow row, String problem) {
		this.findings.add(new CatalogFinding(kind, row.id().toString(), problem));
	}

}
