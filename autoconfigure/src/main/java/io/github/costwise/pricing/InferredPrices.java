package io.github.costwise.pricing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.ModelId;
import io.github.costwise.model.ModelPrice;
import io.github.costwise.model.PriceLookup;
import io.github.costwise.model.PriceReason;

/**
 * Finds who sells a model when nothing but its name is known: the only provider that has
 * it, or, where several have it, its maker, if all of them charge the same for input and
 * output. What is found can only be an estimate. Thread-safe; remembers a bounded number
 * of names.
 */
final class InferredPrices {

	/** Who sells models of other makers: named last. */
	private static final Set<String> RESELLERS = Set.of("azure", "bedrock", "vertex_ai", "together", "fireworks",
			"groq", "cerebras", "perplexity");

	private static final Comparator<ProviderPrices> MAKERS_FIRST = Comparator
		.comparing((ProviderPrices candidate) -> RESELLERS.contains(candidate.provider()))
		.thenComparing(ProviderPrices::provider);

	private final Map<ModelId, DatedPrices> named;

	private final Set<String> providers = new TreeSet<>();

	private final Map<String, List<ProviderPrices>> remembered = new ConcurrentHashMap<>();

	/**
	 * Creates the look-up.
	 * @param named prices by every name of every provider, no longer changed
	 */
	InferredPrices(Map<ModelId, DatedPrices> named) {
		this.named = named;
		named.keySet().forEach((id) -> this.providers.add(id.provider()));
	}

	@Nullable PriceLookup find(String model, Instant at) {
		List<ProviderPrices> candidates = candidates(model).stream()
			.filter((candidate) -> candidate.prices().rowAt(at) != null)
			.toList();
		if (candidates.isEmpty() || !agree(candidates, at)) {
			return null;
		}
		ProviderPrices first = candidates.get(0);
		ModelPrice price = first.prices().at(at);
		return (price != null) ? new PriceLookup(price, first.provider(), PriceLookup.Basis.INFERRED) : null;
	}

	private static boolean agree(List<ProviderPrices> candidates, Instant at) {
		PriceRow first = candidates.get(0).prices().rowAt(at);
		return candidates.stream().map((candidate) -> candidate.prices().rowAt(at)).allMatch((row) -> same(row, first));
	}

	private static boolean same(@Nullable PriceRow one, @Nullable PriceRow other) {
		return one != null && other != null && one.isFree() == other.isFree()
				&& one.base(BilledUnit.INPUT).compareTo(other.base(BilledUnit.INPUT)) == 0
				&& one.base(BilledUnit.OUTPUT).compareTo(other.base(BilledUnit.OUTPUT)) == 0;
	}

	private List<ProviderPrices> candidates(String model) {
		if (model.length() > ModelNames.LONGEST) {
			return List.of();
		}
		List<ProviderPrices> known = this.remembered.get(model);
		if (known != null) {
			return known;
		}
		List<ProviderPrices> found = new ArrayList<>();
		for (String provider : this.providers) {
			DatedPrices prices = resolve(ModelNames.canonical(provider, model));
			if (prices != null) {
				found.add(new ProviderPrices(provider, prices.because(PriceReason.HOST_UNKNOWN)));
			}
		}
		found.sort(MAKERS_FIRST);
		if (this.remembered.size() >= CatalogIndex.REMEMBERED) {
			this.remembered.clear();
		}
		this.remembered.put(model, List.copyOf(found));
		return found;
	}

	/**
	 * Neither a row for whatever model, nor a spelling that is not certain, is evidence.
	 */
	private @Nullable DatedPrices resolve(ModelId model) {
		for (Map.Entry<String, Boolean> spelling : ModelNames.spellings(model).entrySet()) {
			DatedPrices found = this.named.get(new ModelId(model.provider(), spelling.getKey()));
			if (found != null && spelling.getValue() && !spelling.getKey().equals("*")) {
				return found;
			}
		}
		return null;
	}

	private record ProviderPrices(String provider, DatedPrices prices) {

	}

}
