package io.github.costwise.pricing;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.ModelPrice;

/**
 * A price that comes from a row of the catalogue. Immutable.
 *
 * @since 0.1.0
 */
public interface ListedPrice extends ModelPrice {

	/**
	 * Returns the data that this price works with, so that others can check it.
	 * @return the row
	 */
	PriceRow row();

	/**
	 * Returns the row behind a price.
	 * @param price the price, or {@code null} for none
	 * @return the row, or {@code null} when the price does not come from one
	 */
	static @Nullable PriceRow rowOf(@Nullable ModelPrice price) {
		return (price instanceof ListedPrice listed) ? listed.row() : null;
	}

}
