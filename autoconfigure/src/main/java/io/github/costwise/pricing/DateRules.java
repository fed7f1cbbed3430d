package io.github.costwise.pricing;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.github.costwise.pricing.CatalogFinding.Kind;

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
				add(Kind.DATES, row, "the row before ends at " + before.until() + ", this one begins at " + row.from());
			}
			else {
				classes(before, row);
			}
		}
	}

	private void classes(PriceRow before, PriceRow row) {
		Set<PriceBand> lost = new TreeSet<>(before.rates().keySet());
		lost.removeAll(row.rates().keySet());
		boolean search = before.rate(PriceBand.BASE, BilledUnit.WEB_SEARCH) != null
				&& row.rate(PriceBand.BASE, BilledUnit.WEB_SEARCH) == null;
		if (row.isFree() || lost.isEmpty() && !search) {
			return;
		}
		String day = row.from().atOffset(ZoneOffset.UTC).toLocalDate().toString();
		if (!this.exceptions.covers(CatalogExceptions.ENDED, row.id().provider(), row.id().model(), day)) {
			add(Kind.LOST_CLASSES, row, "from " + day + " it lacks " + (lost.isEmpty() ? "" : lost + " ")
					+ (search ? "web searches" : "") + " of the row before");
		}
	}

	private void add(Kind kind, PriceRow row, String problem) {
		this.findings.add(new CatalogFinding(kind, row.id().toString(), problem));
	}

}
