package io.github.costwise.model;

/**
 * What is done after a failure.
 *
 * @since 0.1.0
 */
public enum Reaction {

	/** Nothing: the caller gets the failure. */
	STOP,

	/**
	 * The next target; when none is left and the provider named a short wait, the same
	 * one after it.
	 */
	NEXT,

	/** The next target of another model bean. */
	OTHER_PROVIDER,

	/** The next target with a larger context window. */
	LARGER_WINDOW

}
