package io.github.costwise.pricing;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The prices of one model over time. Prices are made ready when first asked for; making
 * one twice is harmless. Thread-safe.
 */
final class DatedPrices {

	private final CatalogEntry[] entries;

	private final @Nullable ModelPrice[] prices;

	private final boolean certain;

	private final String version;

	DatedPrices(List<CatalogEntry> entries, boolean certain, String version) {
		this.entries = entries.toArray(CatalogEntry[]::new);
		this.prices = new ModelPrice[this.entries.length];
		this.certain = certain;
		this.version = version;
	}

	DatedPrices uncertain() {
		return new DatedPrices(List.of(this.entries), false, this.version);
	}

	@Nullable ModelPrice at(Instant at) {
		int index = indexAt(at);
		if (index < 0) {
			return null;
		}
		ModelPrice price = this.prices[index];
		if (price == null) {
			price = RowPrice.of(this.entries[index].row(), this.certain, this.version);
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
