package io.github.costwise.pipeline;

import io.github.costwise.cache.policy.CachePolicy;
import io.github.costwise.fallback.FallbackPolicy;
import io.github.costwise.quality.GateRules;
import io.github.costwise.routing.RoutingPolicy;

/**
 * A named set of settings that turns follow. Immutable.
 *
 * @param name its name
 * @param limits limits of each turn, unless its scope sets others
 * @param cache what the response cache may do
 * @param routing how the model is chosen
 * @param fallback what takes over when it fails
 * @param gate how its answers are judged
 * @since 0.1.0
 */
public record CostPolicy(String name, CallLimits limits, CachePolicy cache, RoutingPolicy routing,
		FallbackPolicy fallback, GateRules gate) {

	/** Name of the policy that applies where none is named. */
	public static final String DEFAULT = "default";

	/**
	 * Creates a policy under which nothing changes an answer.
	 * @param name its name
	 * @param limits limits of each turn
	 */
	public CostPolicy(String name, CallLimits limits) {
		this(name, limits, CachePolicy.OBSERVE, RoutingPolicy.OBSERVE, FallbackPolicy.OFF, GateRules.OFF);
	}

}
