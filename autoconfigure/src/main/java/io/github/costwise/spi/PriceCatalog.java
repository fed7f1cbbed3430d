package io.github.costwise.spi;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.CatalogInfo;
import io.github.costwise.model.ModelId;
import io.github.costwise.model.ModelPrice;
import io.github.costwise.model.PriceLookup;

/**
 * Knows what models cost. Implementations are thread-safe, answer from memory, and never
 * throw for a model they do not know.
 *
 * @since 0.1.0
 */
public interface PriceCatalog {

	/** Stands for the provider of a call when the billing provider is unknown. */
	String UNKNOWN_PROVIDER = "unknown";

	/**
	 * Finds the price row of a model: by its exact name, else by an alias, else by its
	 * name without a date or revision.
	 * @param model the model
	 * @param at the time of the call, since prices have validity dates
	 * @return the price row, or {@code null} when the model is not known; a price that
	 * was inferred for {@link #UNKNOWN_PROVIDER} gives estimates only
	 */
	@Nullable ModelPrice find(ModelId model, Instant at);

	/**
	 * Finds the price row of a model as {@link #find} does, and tells whose it is. For
	 * {@link #UNKNOWN_PROVIDER} a catalogue may infer the provider from the model's name.
	 * @param model the model
	 * @param at the time of the call
	 * @return the price with its provider, or {@code null} when the model is not known
	 */
	default @Nullable PriceLookup lookUp(ModelId model, Instant at) {
		ModelPrice price = find(model, at);
		return (price != null) ? new PriceLookup(price, model.provider(), PriceLookup.Basis.NAMED) : null;
	}

	/**
	 * Returns the version of the data, which changes whenever a price does.
	 * @return the version, such as {@code 2026-11-23}
	 */
	String version();

	/**
	 * Finds the most expensive price of a provider, for models that are not known.
	 * @param provider the provider
	 * @param at the time of the call
	 * @return the price of its most expensive model, of the most expensive model of all
	 * when it has none, or {@code null} when this catalogue assumes no prices
	 */
	default @Nullable ModelPrice mostExpensive(String provider, Instant at) {
		return null;
	}

	/**
	 * Returns what is known of the data, for health and meters.
	 * @return version, age and origin, or {@code null} when the catalogue keeps no record
	 */
	default @Nullable CatalogInfo info() {
		return null;
	}

}
