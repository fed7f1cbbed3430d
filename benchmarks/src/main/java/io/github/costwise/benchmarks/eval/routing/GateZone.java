package io.github.costwise.benchmarks.eval.routing;

/**
 * What to do with a request before any model has answered it.
 *
 * @since 0.1.0
 */
public enum GateZone {

	/** Send it to the cheap model and give its answer. */
	PLAIN,

	/** Send it to the cheap model, and to a second one, and judge. */
	GATED,

	/** Send it to the capable model at once. */
	STRONG

}
