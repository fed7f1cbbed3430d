package io.github.costwise.benchmarks.eval.catalog;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.costwise.benchmarks.eval.catalog.CatalogFinding.FindingKind;
import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.ModelId;
import io.github.costwise.pricing.ModelNames;
import io.github.costwise.pricing.PriceBand;
import io.github.costwise.pricing.PriceRow;
import io.github.costwise.text.TextMatch;
import io.github.costwise.text.TextPattern;

/**
 * What clouds that sell other makers' models must satisfy: cache rates where the maker
 * has them, and one rule for regions. A name of Bedrock without a region is a call in a
 * region, which costs as much as under the names of regions; for Anthropic's and OpenAI's
 * models these are equal, and the global price or 1.1 times that.
 */
final class ResaleRules {

	private static final TextPattern REGION = TextPattern.ofWhole("(us|eu|apac|jp|au|ca|in|regional)\\.(.+\\..+)");

	private static final TextPattern CLAUDE = TextPattern.ofWhole("(?:[a-z-]+\\.)?(?:anthropic\\.)?(claude-.+)");

	private static final BigDecimal UPLIFT = new BigDecimal("1.1");

	private final Map<ModelId, List<PriceRow>> models;

	private final List<CatalogFinding> findings;

	ResaleRules(Map<ModelId, List<PriceRow>> models, List<CatalogFinding> findings) {
		this.models = models;
		this.findings = findings;
	}

	void check() {
		Map<String, List<PriceRow>> regional = new TreeMap<>();
		Map<String, PriceRow> makers = new HashMap<>();
		this.models.forEach((id, rows) -> {
			TextMatch region = REGION.whole(id.model());
			if (id.provider().equals("bedrock") && region != null) {
				regional.computeIfAbsent(region.get(2), (name) -> new ArrayList<>()).add(last(rows));
			}
			if (id.provider().equals("anthropic")) {
				rows.forEach((row) -> row.aliases().forEach((alias) -> makers.put(alias, last(rows))));
				makers.put(id.model(), last(rows));
			}
		});
		regional.forEach(this::regions);
		this.models.forEach((id, rows) -> cache(id, last(rows), makers));
	}

	private void regions(String name, List<PriceRow> regional) {
		PriceRow plain = bedrock(name);
		PriceRow global = bedrock("global." + name);
		if (plain != null && regional.stream().noneMatch((row) -> same(row, plain))) {
			add(FindingKind.REGIONS, plain, "without a region it does not cost what it costs in any");
		}
		if (name.startsWith("anthropic.") || name.startsWith("openai.")) {
			PriceRow first = regional.get(0);
			regional.stream()
				.filter((row) -> !same(row, first))
				.forEach((row) -> add(FindingKind.REGIONS, row,
						"it does not cost what " + first.id().model() + " costs"));
			if (global != null && !isUplift(first, global)) {
				add(FindingKind.REGIONS, first, "it costs neither the global price nor 1.1 times that");
			}
		}
	}

	private static boolean isUplift(PriceRow row, PriceRow global) {
		return Stream.of(BigDecimal.ONE, UPLIFT)
			.anyMatch((factor) -> Stream.of(BilledUnit.INPUT, BilledUnit.OUTPUT)
				.allMatch((unit) -> global.base(unit).multiply(factor).compareTo(row.base(unit)) == 0));
	}

	private void cache(ModelId id, PriceRow row, Map<String, PriceRow> makers) {
		TextMatch claude = CLAUDE.whole(id.model());
		boolean resold = id.provider().equals("vertex_ai") || id.provider().equals("bedrock");
		if (!resold || claude == null || row.rate(PriceBand.BASE, BilledUnit.CACHE_READ) != null) {
			return;
		}
		ModelId made = new ModelId(id.provider(), claude.get(1));
		Stream.concat(Stream.of(made), ModelNames.families(made).stream())
			.map(ModelId::model)
			.filter(makers::containsKey)
			.findFirst()
			.map(makers::get)
			.filter((maker) -> maker.rate(PriceBand.BASE, BilledUnit.CACHE_READ) != null)
			.ifPresent((maker) -> add(FindingKind.MISSING_CACHE, row,
					"it has no rate for cache reads, which its maker's row has"));
	}

	private static boolean same(PriceRow row, PriceRow other) {
		return row.rates().keySet().equals(other.rates().keySet())
				&& row.rates().keySet().stream().allMatch((band) -> NameRules.sameRates(row, other, band));
	}

	private @Nullable PriceRow bedrock(String name) {
		List<PriceRow> rows = this.models.get(new ModelId("bedrock", name));
		return (rows != null) ? last(rows) : null;
	}

	private static PriceRow last(List<PriceRow> rows) {
		return rows.get(rows.size() - 1);
	}

	private void add(FindingKind kind, PriceRow row, String problem) {
		this.findings.add(new CatalogFinding(kind, row.id().toString(), problem));
	}

}
