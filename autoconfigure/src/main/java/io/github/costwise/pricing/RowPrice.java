package io.github.costwise.pricing;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.ModelPrice;
import io.github.costwise.model.Price;
import io.github.costwise.model.PriceReason;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.model.TokenUsage;

/**
 * A price row made ready for arithmetic. The band is chosen once for the whole request. A
 * class without rates for long prompts falls back to the standard rates for them. Within
 * a band, a unit without a rate takes the rate that the row states for it elsewhere
 * (standard processing of the same size, then the class's own short prompts, then the
 * base) and else that of its substitute.
 */
final class RowPrice implements ListedPrice {

	private static final BilledUnit[] UNITS = BilledUnit.values();

	private static final TokenUsage ONE_SEARCH = TokenUsage.builder().add(BilledUnit.WEB_SEARCH, 1).build();

	private static final int TIERS = ServiceTier.values().length;

	private final PriceRow row;

	private final Rates[][] rates;

	private final long[][] above;

	/** By processing class. */
	private final List<Set<PriceReason>> reasons;

	private final String version;

	private RowPrice(PriceRow row, Rates[][] rates, long[][] above, List<Set<PriceReason>> reasons, String version) {
		this.row = row;
		this.rates = rates;
		this.above = above;
		this.reasons = reasons;
		this.version = version;
	}

	/**
	 * Makes a row ready.
	 * @param row the row
	 * @param reasons why prices by this row are not exact
	 * @param version the version of the catalogue
	 * @return the price
	 */
	static ModelPrice of(PriceRow row, Set<PriceReason> reasons, String version) {
		if (row.isFree()) {
			Price free = Price.free(version);
			return (usage, tier) -> free;
		}
		Rates[][] rates = new Rates[TIERS][];
		long[][] above = new long[TIERS][];
		for (ServiceTier tier : ServiceTier.values()) {
			List<PriceBand> bands = bands(row, tier);
			rates[tier.ordinal()] = bands.stream().map((band) -> rates(row, band)).toArray(Rates[]::new);
			above[tier.ordinal()] = bands.stream().mapToLong(PriceBand::above).toArray();
		}
		return new RowPrice(row, rates, above,
				Arrays.stream(ServiceTier.values())
					.map((tier) -> PriceReason.both(reasons, reasons(row, tier)))
					.toList(),
				version);
	}

	private static Set<PriceReason> reasons(PriceRow row, ServiceTier tier) {
		Set<PriceReason> reasons = EnumSet.noneOf(PriceReason.class);
		if (row.isApproximate()) {
			reasons.add(PriceReason.RATES_INCOMPLETE);
		}
		if (row.isSearching()) {
			reasons.add(PriceReason.FEE_ASSUMED);
		}
		if (tier != ServiceTier.STANDARD && row.rates().keySet().stream().noneMatch((band) -> band.tier() == tier)) {
			reasons.add(PriceReason.CLASS_UNPRICED);
		}
		return reasons;
	}

	/** The same row with rates that differ by a factor. */
	ModelPrice times(BigDecimal factor, Predicate<BilledUnit> units) {
		PriceRow row = this.row.copy((unit, rate) -> units.test(unit) ? rate.multiply(factor) : rate).derived();
		return of(row, this.reasons.get(ServiceTier.STANDARD.ordinal()), this.version);
	}

	/** The same price by another row. */
	ModelPrice by(PriceRow other) {
		return of(other, this.reasons.get(ServiceTier.STANDARD.ordinal()), this.version);
	}

	private static List<PriceBand> bands(PriceRow row, ServiceTier tier) {
		SortedSet<Long> sizes = new TreeSet<>();
		row.rates()
			.keySet()
			.stream()
			.filter((band) -> band.tier() == tier || band.tier() == ServiceTier.STANDARD)
			.forEach((band) -> sizes.add(band.above()));
		return sizes.stream().map((size) -> {
			PriceBand own = new PriceBand(tier, size);
			return row.rates().containsKey(own) ? own : new PriceBand(ServiceTier.STANDARD, size);
		}).toList();
	}

	private static Rates rates(PriceRow row, PriceBand band) {
		BigDecimal[] rates = new BigDecimal[UNITS.length];
		for (BilledUnit unit : UNITS) {
			BigDecimal rate = substituted(row, band, unit);
			rates[unit.ordinal()] = (rate != null) ? rate : BigDecimal.ZERO;
		}
		int hour = BilledUnit.CACHE_WRITE_1H.ordinal();
		rates[hour] = rates[hour].max(rates[BilledUnit.CACHE_WRITE_5M.ordinal()]);
		return new Rates(band.toString(), rates, substituted(row, band, BilledUnit.WEB_SEARCH) != null);
	}

	private static @Nullable BigDecimal substituted(PriceRow row, PriceBand band, BilledUnit unit) {
		for (BilledUnit at = unit; at != null; at = at.pricedAs()) {
			BigDecimal rate = stated(row, band, at);
			if (rate != null) {
				return rate;
			}
		}
		return null;
	}

	private static @Nullable BigDecimal stated(PriceRow row, PriceBand band, BilledUnit unit) {
		for (PriceBand at : List.of(band, new PriceBand(ServiceTier.STANDARD, band.above()),
				new PriceBand(band.tier(), 0), PriceBand.BASE)) {
			BigDecimal rate = row.rate(at, unit);
			if (rate != null && !(at.equals(PriceBand.BASE) && isRedundant(row, unit))) {
				return rate;
			}
		}
		return null;
	}

	/** A base rate equal to its substitute's says nothing that bands should inherit. */
	private static boolean isRedundant(PriceRow row, BilledUnit unit) {
		BilledUnit substitute = unit.pricedAs();
		BigDecimal rate = row.rate(PriceBand.BASE, unit);
		BigDecimal other = (substitute != null) ? row.rate(PriceBand.BASE, substitute) : null;
		return rate != null && other != null && rate.compareTo(other) == 0;
	}

	@Override
	public Price price(TokenUsage usage, ServiceTier tier) {
		Rates[] ofTier = this.rates[tier.ordinal()];
		long[] sizes = this.above[tier.ordinal()];
		int band = sizes.length - 1;
		if (band > 0) {
			long prompt = usage.promptTokens();
			while (band > 0 && prompt <= sizes[band]) {
				band--;
			}
		}
		TokenUsage billed = (this.row.isSearching() && usage.get(BilledUnit.WEB_SEARCH) == 0) ? usage.plus(ONE_SEARCH)
				: usage;
		return ofTier[band].price(billed, this.reasons.get(tier.ordinal()), this.version);
	}

	@Override
	public PriceRow row() {
		return this.row;
	}

	@Override
	public String toString() {
		return "RowPrice" + Arrays.deepToString(this.above);
	}

}
