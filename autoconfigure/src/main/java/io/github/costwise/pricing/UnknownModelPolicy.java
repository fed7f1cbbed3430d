package io.github.costwise.pricing;

/**
 * What to do about a model that has no price.
 *
 * @since 0.1.0
 */
public enum UnknownModelPolicy {

	/** Let the call pass, price it as unknown, and say so once per model in the log. */
	WARN,

	/** Refuse the call before it is made. */
	BLOCK,

	/**
	 * Let the call pass and price it, as an estimate, at the most expensive price of the
	 * same provider, or of the whole catalogue when that has none.
	 */
	ASSUME_MOST_EXPENSIVE

}
