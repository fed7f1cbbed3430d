package io.github.costwise.pipeline;

/**
 * A named set of settings that turns follow. Immutable.
 *
 * @param name its name
 * @param limits limits of each turn, unless its scope sets others
 * @since 0.1.0
 */
public record CostPolicy(String name, CallLimits limits) {

	/** Name of the policy that applies where none is named. */
	public static final String DEFAULT = "default";

}
