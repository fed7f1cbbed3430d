package io.github.costwise.pricing;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.ModelId;
import io.github.costwise.model.ModelPrice;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.model.TokenUsage;

/**
 * Prices that follow from those of a list: in a region, and as negotiated. Rates are
 * multiplied, not amounts, so that an amount is still rounded once. Thread-safe;
 * remembers a bounded number of prices.
 */
final class DerivedPrices {

	/**
	 * Anthropic's inference in one country, OpenAI's regional hosts, regional endpoints
	 * of Bedrock and Vertex AI: 10 % on all tokens, by the price pages of November 2026.
	 */
	private static final BigDecimal REGIONAL = new BigDecimal("1.1");

	private static final Set<String> GOOGLE = Set.of("google", "vertex_ai");

	private static final int REMEMBERED = 4096;

	private final List<Discount> discounts;

	private final Map<DerivedKey, ModelPrice> made = new ConcurrentHashMap<>();

	DerivedPrices(List<Discount> discounts) {
		this.discounts = List.copyOf(discounts);
	}

	/**
	 * The price in a region: only tokens cost more there. Google charges nothing more for
	 * its own models, as far as its price pages tell.
	 */
	ModelPrice regional(ModelId model, ModelPrice list) {
		if (GOOGLE.contains(model.provider()) && !model.model().contains("claude")) {
			return list;
		}
		return remember(new DerivedKey(list, null), (key) -> times(list, REGIONAL, true));
	}

	/** The first discount that a call has, or {@code null}. */
	@Nullable Discount discount(PriceRequest request, @Nullable ModelPrice list) {
		if (this.discounts.isEmpty()) {
			return null;
		}
		PriceRow row = ListedPrice.rowOf(list);
		return this.discounts.stream().filter((discount) -> discount.concerns(request, row)).findFirst().orElse(null);
	}

	/**
	 * The negotiated price, or {@code null} for a factor on a price that is not known.
	 */
	@Nullable ModelPrice negotiated(Discount discount, @Nullable ModelPrice list, String version) {
		if (list == null && discount.rates() == null) {
			return null;
		}
		return remember(new DerivedKey(list, discount), (key) -> make(discount, list, version));
	}

	private static ModelPrice make(Discount discount, @Nullable ModelPrice list, String version) {
		if (discount.rates() != null) {
			PriceRow own = withSearches(discount.rates(), ListedPrice.rowOf(list));
			return (list instanceof RowPrice known) ? known.by(own) : RowPrice.of(own, Set.of(), version);
		}
		return times(Objects.requireNonNull(list), Objects.requireNonNull(discount.factor()), false);
	}

	/**
	 * Whether own rates say what a usage costs, as far as the list tells it apart: no
	 * token of a kind, and no size of the prompt, that only the list has a rate for.
	 */
	static boolean states(Discount discount, @Nullable PriceRow list, TokenUsage usage) {
		PriceRow own = discount.rates();
		if (own == null || list == null) {
			return true;
		}
		return list.rates()
			.entrySet()
			.stream()
			.filter((band) -> band.getKey().tier() == ServiceTier.STANDARD)
			.allMatch((band) -> states(own, band.getKey(), band.getValue().keySet(), usage));
	}

	private static boolean states(PriceRow own, PriceBand band, Set<BilledUnit> units, TokenUsage usage) {
		if (band.above() > 0) {
			return usage.promptTokens() <= band.above() || own.rates().keySet().stream().anyMatch(band::equals);
		}
		return units.stream()
			.allMatch((unit) -> usage.get(unit) == 0 || !unit.isToken() || own.rate(PriceBand.BASE, unit) != null);
	}

	/** Own rates with the fee of searches of the list, where they state none. */
	private static PriceRow withSearches(PriceRow own, @Nullable PriceRow list) {
		if (list == null) {
			return own;
		}
		PriceRow.RowBuilder builder = own.copy((unit, rate) -> rate);
		BigDecimal fee = list.rate(PriceBand.BASE, BilledUnit.WEB_SEARCH);
		if (fee != null) {
			builder.putIfAbsent(PriceBand.BASE, BilledUnit.WEB_SEARCH, fee);
		}
		return (list.isSearching() ? builder.searching() : builder).derived();
	}

	private static ModelPrice times(ModelPrice price, BigDecimal factor, boolean tokensOnly) {
		return (price instanceof RowPrice known) ? known.times(factor, (unit) -> unit.isToken() || !tokensOnly)
				: (usage, tier) -> price.price(usage, tier).times(factor);
	}

	private ModelPrice remember(DerivedKey key, Function<DerivedKey, ModelPrice> make) {
		if (this.made.size() >= REMEMBERED) {
			this.made.clear();
		}
		return this.made.computeIfAbsent(key, make);
	}

	private record DerivedKey(@Nullable ModelPrice list, @Nullable Discount discount) {

	}

}
