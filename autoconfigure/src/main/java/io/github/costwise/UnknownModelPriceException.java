package io.github.costwise;

/**
 * Costwise refused a call because the model has no price and unknown models are blocked.
 * Nothing was sent to the provider.
 *
 * @since 0.1.0
 */
public class UnknownModelPriceException extends CostwiseException implements CostStop {

	/**
	 * Creates an exception.
	 * @param model the model without a price
	 */
	public UnknownModelPriceException(String model) {
		super("The model '" + model + "' has no price and 'costwise.pricing.unknown-model' is 'block'. Add its price "
				+ "under 'costwise.pricing.models', or set 'costwise.pricing.unknown-model' to 'warn' or "
				+ "'assume-most-expensive'.");
	}

}
