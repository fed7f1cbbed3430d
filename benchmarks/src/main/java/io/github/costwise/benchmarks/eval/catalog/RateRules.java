package io.github.costwise.benchmarks.eval.catalog;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.benchmarks.eval.catalog.CatalogFinding.FindingKind;
import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.pricing.PriceBand;
import io.github.costwise.pricing.PriceRow;

/** What the rates of one row must satisfy among each other. */
final class RateRules {

	private static final BigDecimal TWO = BigDecimal.valueOf(2);

	private static final int CENT = 2;

	/** Who says that a batch costs half. */
	private static final Set<String> HALF = Set.of("openai", "azure", "anthropic", "google", "vertex_ai", "bedrock",
			"mistral", "groq", "together", "fireworks");

	private static final Map<BilledUnit, BilledUnit> READS = Map.of(BilledUnit.CACHE_READ, BilledUnit.INPUT,
			BilledUnit.CACHE_READ_AUDIO, BilledUnit.INPUT_AUDIO, BilledUnit.CACHE_READ_IMAGE, BilledUnit.INPUT_IMAGE,
			BilledUnit.CACHE_READ_VIDEO, BilledUnit.INPUT_VIDEO);

	private final CatalogExceptions exceptions;

	private final List<CatalogFinding> findings;

	RateRules(CatalogExceptions exceptions, List<CatalogFinding> findings) {
		this.exceptions = exceptions;
		this.findings = findings;
	}

	void check(PriceRow row) {
		row.rates().forEach((band, rates) -> {
			reads(row, band, rates);
			writes(row, band, rates);
			output(row, band, rates);
			batch(row, band, rates);
			classes(row, band, rates);
			longPrompts(row, band, rates);
		});
	}

	private void reads(PriceRow row, PriceBand band, Map<BilledUnit, BigDecimal> rates) {
		READS.forEach((read, fresh) -> {
			BigDecimal input = rates.containsKey(fresh) ? rates.get(fresh) : rates.get(BilledUnit.INPUT);
			if (rates.containsKey(read) && input != null && rates.get(read).compareTo(input) >= 0) {
				add(FindingKind.DEAR_READS, row, band,
						read + " at " + plain(rates.get(read)) + " costs no less than input at " + plain(input));
			}
		});
	}

	private void writes(PriceRow row, PriceBand band, Map<BilledUnit, BigDecimal> rates) {
		BigDecimal input = rates.get(BilledUnit.INPUT);
		BigDecimal write = rates.get(BilledUnit.CACHE_WRITE_5M);
		BigDecimal hour = rates.get(BilledUnit.CACHE_WRITE_1H);
		if (less(write, input)) {
			add(FindingKind.CHEAP_WRITES, row, band,
					"writing at " + plain(write) + " costs less than input at " + plain(input));
		}
		if (less(hour, (write != null) ? write : input)) {
			add(FindingKind.CHEAP_WRITES, row, band, "an hour at " + plain(hour) + " costs less than five minutes");
		}
	}

	private void output(PriceRow row, PriceBand band, Map<BilledUnit, BigDecimal> rates) {
		BigDecimal output = rates.get(BilledUnit.OUTPUT);
		if (output != null && output.signum() > 0 && less(output, rates.get(BilledUnit.INPUT))
				&& !excepted(CatalogExceptions.OUTPUT, row)) {
			add(FindingKind.CHEAP_OUTPUT, row, band,
					"output at " + plain(output) + " costs less than input at " + plain(rates.get(BilledUnit.INPUT)));
		}
	}

	private void batch(PriceRow row, PriceBand band, Map<BilledUnit, BigDecimal> rates) {
		if (band.tier() != ServiceTier.BATCH || !HALF.contains(row.id().provider())) {
			return;
		}
		for (BilledUnit unit : List.of(BilledUnit.INPUT, BilledUnit.OUTPUT)) {
			BigDecimal half = rates.get(unit);
			BigDecimal whole = standard(row, band, unit);
			if (half != null && whole != null && !isHalf(half, whole) && !excepted(CatalogExceptions.BATCH, row)) {
				add(FindingKind.BATCH_NOT_HALF, row, band,
						unit + " at " + plain(half) + " is not half of " + plain(whole));
			}
		}
	}

	/** Providers round to the last place they write. */
	private static boolean isHalf(BigDecimal half, BigDecimal whole) {
		BigDecimal place = BigDecimal.ONE.movePointLeft(Math.max(CENT, half.scale()));
		return half.multiply(TWO).subtract(whole).abs().compareTo(place) <= 0;
	}

	private void classes(PriceRow row, PriceBand band, Map<BilledUnit, BigDecimal> rates) {
		BigDecimal own = rates.get(BilledUnit.INPUT);
		BigDecimal standard = standard(row, band, BilledUnit.INPUT);
		boolean slow = band.tier() == ServiceTier.FLEX || band.tier() == ServiceTier.BATCH;
		if (slow && less(standard, own) || band.tier() == ServiceTier.PRIORITY && less(own, standard)) {
			add(FindingKind.CLASS_ORDER, row, band,
					"input at " + plain(own) + " against " + plain(standard) + " of standard");
		}
	}

	private void longPrompts(PriceRow row, PriceBand band, Map<BilledUnit, BigDecimal> rates) {
		if (band.above() == 0) {
			return;
		}
		BigDecimal own = rates.get(BilledUnit.INPUT);
		BigDecimal shorter = row.rate(new PriceBand(band.tier(), 0), BilledUnit.INPUT);
		if (less(own, shorter)) {
			add(FindingKind.LONG_PROMPTS, row, band, "input at " + plain(own) + " costs less than in short prompts");
		}
		if (row.rates().containsKey(new PriceBand(band.tier(), band.above() + 1))) {
			add(FindingKind.LONG_PROMPTS, row, band, "the prompt size stands twice, one token apart");
		}
	}

	private static @Nullable BigDecimal standard(PriceRow row, PriceBand band, BilledUnit unit) {
		BigDecimal same = row.rate(new PriceBand(ServiceTier.STANDARD, band.above()), unit);
		return (same != null) ? same : row.rate(PriceBand.BASE, unit);
	}

	private boolean excepted(String word, PriceRow row) {
		return this.exceptions.covers(word, row.id().provider(), row.id().model());
	}

	private static boolean less(@Nullable BigDecimal one, @Nullable BigDecimal other) {
		return one != null && other != null && one.compareTo(other) < 0;
	}

	private static String plain(@Nullable BigDecimal rate) {
		return Objects.requireNonNull(rate).toPlainString();
	}

	private void add(FindingKind kind, PriceRow row, PriceBand band, String problem) {
		this.findings.add(new CatalogFinding(kind, row.id().toString(), band + ": " + problem));
	}

}
