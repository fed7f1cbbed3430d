package io.github.costwise.routing;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Money;

/**
 * What a policy says of routing. Immutable and thread-safe.
 *
 * @param mode how much the router may do
 * @param settings how good a tier must be and how a conversation moves
 * @param rules what goes where, whatever its score; the first that fits wins
 * @param bounds what no target may exceed
 * @param overridesModel whether a model that the options of a request name is replaced
 * too
 * @since 0.1.0
 */
public record RoutingPolicy(RoutingMode mode, RoutingSettings settings, List<RoutingRule> rules, TargetBounds bounds,
		boolean overridesModel) {

	/** Nothing is decided. */
	public static final RoutingPolicy OFF = of(RoutingMode.OFF);

	/** What would be decided is reported, where tiers are configured. */
	public static final RoutingPolicy OBSERVE = of(RoutingMode.OBSERVE);

	/** Copies its list. */
	public RoutingPolicy {
		rules = List.copyOf(rules);
	}

	/**
	 * Returns a policy with default settings and no rules.
	 * @param mode how much the router may do
	 * @return the policy
	 */
	public static RoutingPolicy of(RoutingMode mode) {
		return new RoutingPolicy(mode, RoutingSettings.defaults(), List.of(), TargetBounds.NONE, false);
	}

	/**
	 * How much the router may do.
	 */
	public enum RoutingMode {

		/** Nothing. */
		OFF,

		/** Say what it would do. */
		OBSERVE,

		/** Choose the model. */
		ENFORCE

	}

	/**
	 * What no target may exceed.
	 *
	 * @param regions where requests may be answered, or empty for anywhere
	 * @param maxCallCost most that a call may cost, or {@code null} for no bound
	 */
	public record TargetBounds(Set<String> regions, @Nullable Money maxCallCost) {

		/** No bounds. */
		public static final TargetBounds NONE = new TargetBounds(Set.of(), null);

		/** Copies its set. */
		public TargetBounds {
			regions = Set.copyOf(regions);
		}

	}

}
