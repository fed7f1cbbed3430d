package io.github.costwise.pipeline;

/**
 * How much Costwise may do.
 *
 * @since 0.1.0
 */
public enum CostMode {

	/** Do what the policies say. */
	ENFORCE,

	/** Account for everything, change nothing. */
	OBSERVE,

	/** Do nothing. */
	OFF

}
