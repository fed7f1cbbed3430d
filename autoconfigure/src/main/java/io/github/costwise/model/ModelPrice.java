package io.github.costwise.model;

/**
 * The price row of one model at one time. Implementations are immutable and thread-safe.
 *
 * @since 0.1.0
 */
public interface ModelPrice {

	/**
	 * Prices one call. The long-context tier is chosen on the whole prompt, cached tokens
	 * included; the exact amount is rounded once, half to even. Summed usage of several
	 * calls must not be passed: it would choose the wrong tier.
	 * @param usage what the call used
	 * @param tier the processing class of the request; a class the row has no rates for
	 * is priced as {@link ServiceTier#STANDARD}
	 * @return the price
	 * @throws ArithmeticException if the amount is beyond
	 * {@link io.github.costwise.Money}
	 */
	Price price(TokenUsage usage, ServiceTier tier);

}
