package io.github.costwise.model;

/**
 * A price that was found, and for which model.
 *
 * @param price the price
 * @param provider the provider whose price it is, as the catalogue writes it
 * @param basis how the provider was found
 * @since 0.1.0
 */
public record PriceLookup(ModelPrice price, String provider, Basis basis) {

	/** How the provider of a price was found. */
	public enum Basis {

		/** The provider was known, by the host, the client or a setting. */
		NAMED,

		/**
		 * The provider was not known, and the name of the model told: only one provider
		 * has it, or all that have it charge the same. The price can only be estimated.
		 */
		INFERRED

	}

}
