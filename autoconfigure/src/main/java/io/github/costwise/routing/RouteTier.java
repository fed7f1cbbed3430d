package io.github.costwise.routing;

import java.util.List;

import io.github.costwise.Tier;
import io.github.costwise.model.RouteTarget;

/**
 * A tier of a routing table. Several tiers may stand at one level, each with a name of
 * its own. Immutable and thread-safe.
 *
 * @param name what configuration and decisions call it
 * @param level how capable its targets are, never {@link Tier#AUTO}
 * @param targets its targets, the one to prefer first
 * @since 0.1.0
 */
public record RouteTier(String name, Tier level, List<RouteTarget> targets) {

	/**
	 * Creates a tier.
	 * @throws IllegalArgumentException if it has no target or one of another tier
	 */
	public RouteTier {
		if (level == Tier.AUTO || targets.isEmpty()) {
			throw new IllegalArgumentException("Tier " + name + " needs a level other than AUTO and a target");
		}
		for (RouteTarget target : targets) {
			if (target.tier() != level) {
				throw new IllegalArgumentException(
						"Target " + target.name() + " is " + target.tier() + ", its tier " + name + " is " + level);
			}
		}
		targets = List.copyOf(targets);
	}

}
