package io.github.costwise.model;

/**
 * How far an amount can be trusted.
 *
 * @since 0.1.0
 */
public enum PriceState {

	/** The usage was reported and the model has a price. */
	EXACT,

	/** The usage or the price was estimated. */
	ESTIMATED,

	/** The model has no price; the amount is zero but the call was not free. */
	UNKNOWN,

	/** The model is declared free of charge. */
	FREE

}
