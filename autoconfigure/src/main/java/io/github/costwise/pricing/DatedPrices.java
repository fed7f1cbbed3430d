package io.github.costwise.pricing;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.ModelPrice;
import io.github.costwise.model.PriceReason;

/**
 * The prices of one model over time. Prices are made ready when first asked for; making
 * one twice is harmless. Thread-safe.
 */
final class DatedPrices {

	private final CatalogEntry[] entries;

	private final @Nullable ModelPrice[] prices;

	private final Set<PriceReason> reasons;

	private final String version;

	DatedPrices(List<CatalogEntry> entries, Set<PriceReason> reasons, String version) {
		this.entries = entries.toArray(CatalogEntry[]::new);
		this.prices = new ModelPrice[this.entries.length];
		this.reasons = reasons;
		this.version = version;
	}

	/** The same prices, not exact for a reason. */
	DatedPrices because(PriceReason reason) {
		return new DatedPrices(List.of(this.entries), PriceReason.both(this.reasons, Set.of(reason)), this.version);
	}

	@Nullable ModelPrice at(Instant at) {
		int index = indexAt(at);
		if (index < 0) {
			return null;
		}
		ModelPrice price = this.prices[index];
		if (price == null) {
			price = RowPrice.of(this.entries[index].row(), this.reasons, this.version);
			this.prices[index] = price;
		}
		return price;
	}

	@Nullable PriceRow rowAt(Instant at) {
		int index = indexAt(at);
		return (index < 0) ? null : this.entries[index].row();
	}

	/** The first row that holds: strong layers stand first, in each the youngest. */
	private int indexAt(Instant at) {
		for (int i = 0; i < this.entries.length; i++) {
			if (!at.isBefore(this.entries[i].from()) && at.isBefore(this.entries[i].until())) {
				return i;
			}
		}
		return -1;
	}

}
