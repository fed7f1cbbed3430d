package io.github.costwise.cache.verify;

/**
 * A difference between two texts that makes the cache ask the model, until it has learnt
 * that this traffic's answers do not depend on it.
 *
 * @since 0.1.0
 */
public enum Guard {

	/** Numbers, dates, units or amounts are not the same. */
	NUMBER,

	/** One text denies, the other does not. */
	NEGATION,

	/** One text has a word where the other has its opposite. */
	ANTONYM,

	/** The same words stand in another order. */
	ORDER,

	/** One text names what the other does not. */
	ENTITY,

	/** Quoted text or identifiers of code are not the same. */
	LITERAL,

	/** One text is more than twice as long, or they go on differently after 160 words. */
	LENGTH,

	/** One text has a word of weight that the other has not. */
	WORDING,

	/**
	 * One text has a pronoun where the other names who or what it means. It objects
	 * always: what a pronoun means here cannot be learnt from what it meant elsewhere.
	 */
	PRONOUN

}
