package io.github.costwise.pricing;

import java.time.Instant;
import java.util.List;

import io.github.costwise.model.ModelId;

/**
 * What an index needs to know of a row before its rates are looked at.
 */
interface CatalogEntry {

	/**
	 * Makes an entry of a row.
	 * @param row the row
	 * @return the entry
	 */
	static CatalogEntry of(PriceRow row) {
		return new CatalogEntry() {

			@Override
			public ModelId id() {
				return row.id();
			}

			@Override
			public List<String> aliases() {
				return row.aliases();
			}

			@Override
			public Instant from() {
				return row.from();
			}

			@Override
			public Instant until() {
				return row.until();
			}

			@Override
			public PriceRow row() {
				return row;
			}

		};
	}

	ModelId id();

	List<String> aliases();

	Instant from();

	Instant until();

	PriceRow row();

}
