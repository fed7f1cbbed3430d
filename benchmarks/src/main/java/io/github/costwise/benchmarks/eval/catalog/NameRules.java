package io.github.costwise.benchmarks.eval.catalog;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.github.costwise.benchmarks.eval.catalog.CatalogFinding.FindingKind;
import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.ModelId;
import io.github.costwise.pricing.ModelNames;
import io.github.costwise.pricing.PriceBand;
import io.github.costwise.pricing.PriceRow;

/**
 * Names of one model have one price: a snapshot, a revision and the latest one that of
 * the name which they are of.
 */
final class NameRules {

	private final Map<ModelId, List<PriceRow>> models;

	private final CatalogExceptions exceptions;

	private final List<CatalogFinding> findings;

	private final Map<ModelId, ModelId> rowOf = new HashMap<>();

	NameRules(Map<ModelId, List<PriceRow>> models, CatalogExceptions exceptions, List<CatalogFinding> findings) {
		this.models = models;
		this.exceptions = exceptions;
		this.findings = findings;
		models.forEach((id, rows) -> rows
			.forEach((row) -> row.aliases().forEach((alias) -> this.rowOf.put(new ModelId(id.provider(), alias), id))));
		models.keySet().forEach((id) -> this.rowOf.put(id, id));
	}

	void check() {
		Set<Set<ModelId>> compared = new HashSet<>();
		for (ModelId name : new LinkedHashSet<>(this.rowOf.keySet())) {
			ModelId id = this.rowOf.getOrDefault(name, name);
			ModelNames.families(name).stream().filter(this.rowOf::containsKey).findFirst().ifPresent((family) -> {
				ModelId other = this.rowOf.getOrDefault(family, family);
				if (!other.equals(id) && compared.add(Set.of(id, other))) {
					compare(id, other);
				}
			});
		}
	}

	private void compare(ModelId id, ModelId family) {
		PriceRow row = last(id);
		PriceRow other = last(family);
		if (samePrice(row, other)) {
			Set<PriceBand> differ = new TreeSet<>();
			Stream.of(row, other)
				.flatMap((each) -> each.rates().keySet().stream())
				.filter((band) -> !sameRates(row, other, band))
				.forEach(differ::add);
			if (!differ.isEmpty()) {
				add(id, "its rates for " + differ + " are not those of " + family.model());
			}
		}
		else if (!this.exceptions.covers(CatalogExceptions.OWN, id.provider(), id.model())) {
			add(id, "its prices of input and output are not those of " + family.model());
		}
	}

	private static boolean samePrice(PriceRow row, PriceRow other) {
		return row.base(BilledUnit.INPUT).compareTo(other.base(BilledUnit.INPUT)) == 0
				&& row.base(BilledUnit.OUTPUT).compareTo(other.base(BilledUnit.OUTPUT)) == 0;
	}

	static boolean sameRates(PriceRow row, PriceRow other, PriceBand band) {
		return Stream.of(BilledUnit.values()).allMatch((unit) -> {
			var one = row.rate(band, unit);
			var two = other.rate(band, unit);
			return (one == null || two == null) ? one == two : one.compareTo(two) == 0;
		});
	}

	private PriceRow last(ModelId id) {
		List<PriceRow> rows = this.models.getOrDefault(id, List.of());
		return rows.get(rows.size() - 1);
	}

	private void add(ModelId id, String problem) {
		this.findings.add(new CatalogFinding(FindingKind.INCONSISTENT_NAMES, id.toString(), problem));
	}

}
