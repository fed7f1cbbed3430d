package io.github.costwise.pricing;

import java.time.Instant;

import io.github.costwise.model.ModelId;
import io.github.costwise.model.ServiceTier;

/**
 * What decides the rates of a call, besides what it used.
 *
 * @param model the model that answered
 * @param at when the call began
 * @param tier the processing class
 * @param regional whether it was made in a region of its own, where the provider charges
 * a tenth more for tokens
 * @since 0.1.0
 */
public record PriceRequest(ModelId model, Instant at, ServiceTier tier, boolean regional) {

	/**
	 * Creates a request that names no region.
	 * @param model the model that answered
	 * @param at when the call began
	 * @param tier the processing class
	 */
	public PriceRequest(ModelId model, Instant at, ServiceTier tier) {
		this(model, at, tier, false);
	}

}
