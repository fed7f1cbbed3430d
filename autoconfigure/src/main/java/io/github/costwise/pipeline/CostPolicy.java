package io.github.costwise.pipeline;

import java.util.Map;

import io.github.costwise.CallLimits;

/**
 * A named set of settings that turns follow. Immutable.
 *
 * @param name its name
 * @param limits limits of each turn, unless its scope sets others
 * @param parts what it says of the pillars
 * @since 0.1.0
 */
public record CostPolicy(String name, CallLimits limits, Map<PolicyPart<?>, Object> parts) {

	/** Name of the policy that applies where none is named. */
	public static final String DEFAULT = "default";

	/**
	 * Creates a policy.
	 * @param name its name
	 * @param limits limits of each turn, unless its scope sets others
	 * @param parts what it says of the pillars, each by its part
	 */
	public CostPolicy {
		parts = Map.copyOf(parts);
	}

	/**
	 * Creates a policy under which nothing changes an answer.
	 * @param name its name
	 * @param limits limits of each turn
	 */
	public CostPolicy(String name, CallLimits limits) {
		this(name, limits, Map.of());
	}

}
