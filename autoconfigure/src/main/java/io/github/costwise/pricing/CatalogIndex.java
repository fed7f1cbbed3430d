package io.github.costwise.pricing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.ModelId;
import io.github.costwise.model.ModelPrice;
import io.github.costwise.model.PriceLookup;
import io.github.costwise.model.PriceReason;
import io.github.costwise.spi.PriceCatalog;

/**
 * Finds the prices of models among layers of rows, of which a later one replaces what an
 * earlier one says of the same model. Immutable but for a bounded memory of names that
 * were found, or not found, by a spelling of their own. Thread-safe.
 */
final class CatalogIndex {

	/** Names remembered besides those of the catalogue itself. */
	static final int REMEMBERED = 4096;

	private static final String ANY = "*";

	private final String version;

	private final Map<ModelId, DatedPrices> named = new HashMap<>();

	private final Map<ModelId, DatedPrices> canonical = new LinkedHashMap<>();

	private final Map<ModelId, Optional<DatedPrices>> remembered = new ConcurrentHashMap<>();

	private final InferredPrices inferred;

	private final Map<String, List<DatedPrices>> mostExpensive = new ConcurrentHashMap<>();

	/**
	 * Creates an index.
	 * @param version the version that prices carry
	 * @param layers layers of entries, from the weakest to the strongest
	 */
	CatalogIndex(String version, List<CatalogLayer> layers) {
		this.version = version;
		Map<ModelId, List<CatalogEntry>> rows = new HashMap<>();
		for (CatalogLayer layer : layers) {
			Map<ModelId, List<CatalogEntry>> ofLayer = layer.byModel();
			for (Map.Entry<ModelId, List<CatalogEntry>> model : ofLayer.entrySet()) {
				List<CatalogEntry> weaker = rows.get(model.getKey());
				rows.put(model.getKey(), (weaker != null) ? layer.over(weaker, model.getValue()) : model.getValue());
			}
			for (ModelId id : ofLayer.keySet()) {
				add(id, Objects.requireNonNull(rows.get(id)));
			}
			for (ModelId id : ofLayer.keySet()) {
				this.named.put(id, Objects.requireNonNull(this.canonical.get(id)));
			}
		}
		this.inferred = new InferredPrices(this.named);
	}

	/** Aliases, also those of a weaker layer, lead to the strongest rows of a model. */
	private void add(ModelId id, List<CatalogEntry> entries) {
		DatedPrices prices = new DatedPrices(entries, Set.of(), this.version);
		this.canonical.put(id, prices);
		for (CatalogEntry entry : entries) {
			for (String alias : entry.aliases()) {
				this.named.put(new ModelId(id.provider(), alias), prices);
			}
		}
	}

	String version() {
		return this.version;
	}

	int size() {
		return this.canonical.size();
	}

	@Nullable PriceLookup lookUp(ModelId model, Instant at) {
		if (model.provider().equals(PriceCatalog.UNKNOWN_PROVIDER)) {
			return this.inferred.find(model.model(), at);
		}
		ModelPrice price = find(model, at);
		return (price != null) ? new PriceLookup(price, model.provider(), PriceLookup.Basis.NAMED) : null;
	}

	@Nullable ModelPrice find(ModelId model, Instant at) {
		if (model.provider().equals(PriceCatalog.UNKNOWN_PROVIDER)) {
			PriceLookup found = this.inferred.find(model.model(), at);
			return (found != null) ? found.price() : null;
		}
		DatedPrices prices = this.named.get(model);
		if (prices == null) {
			prices = remembered(model);
		}
		return (prices != null) ? prices.at(at) : null;
	}

	/** The row under this very name, for comparing catalogues. */
	@Nullable PriceRow row(ModelId model, Instant at) {
		DatedPrices prices = this.named.get(model);
		return (prices != null) ? prices.rowAt(at) : null;
	}

	private @Nullable DatedPrices remembered(ModelId model) {
		Optional<DatedPrices> known = this.remembered.get(model);
		if (known != null) {
			return known.orElse(null);
		}
		if (model.model().length() > ModelNames.LONGEST || model.provider().length() > ModelNames.LONGEST) {
			return null;
		}
		DatedPrices found = resolve(ModelNames.canonical(model.provider(), model.model()));
		if (this.remembered.size() >= REMEMBERED) {
			this.remembered.clear();
		}
		this.remembered.put(model, Optional.ofNullable(found));
		return found;
	}

	int rememberedNames() {
		return this.remembered.size();
	}

	private @Nullable DatedPrices resolve(ModelId model) {
		for (Map.Entry<String, Boolean> spelling : ModelNames.spellings(model).entrySet()) {
			DatedPrices found = this.named.get(new ModelId(model.provider(), spelling.getKey()));
			if (found != null) {
				return spelling.getValue() ? found : found.because(PriceReason.MODEL_GUESSED);
			}
		}
		return this.named.get(new ModelId(model.provider(), ANY));
	}

	/**
	 * Finds the most expensive price of a provider, or of all when the provider has none.
	 * @param provider the provider by any of its names
	 * @param at the time
	 * @return the price, in state estimated, or {@code null} when there is none at all
	 */
	@Nullable ModelPrice mostExpensive(String provider, Instant at) {
		String known = ModelNames.canonical(provider, ANY).provider();
		boolean hasRows = this.canonical.keySet().stream().anyMatch((id) -> id.provider().equals(known));
		List<DatedPrices> ordered = this.mostExpensive.computeIfAbsent(hasRows ? known : ANY,
				(key) -> ordered(key, at));
		return ordered.stream()
			.map((prices) -> prices.at(at))
			.filter((price) -> price != null)
			.findFirst()
			.orElse(null);
	}

	private List<DatedPrices> ordered(String provider, Instant at) {
		return this.canonical.entrySet()
			.stream()
			.filter((entry) -> provider.equals(ANY) || entry.getKey().provider().equals(provider))
			.map((entry) -> entry.getValue())
			.filter((prices) -> prices.rowAt(at) != null)
			.sorted(Comparator.comparing((DatedPrices prices) -> weight(prices.rowAt(at))).reversed())
			.map((prices) -> prices.because(PriceReason.MODEL_UNKNOWN))
			.toList();
	}

	private static BigDecimal weight(@Nullable PriceRow row) {
		return (row != null) ? row.base(BilledUnit.INPUT).add(row.base(BilledUnit.OUTPUT)) : BigDecimal.ZERO;
	}

}
