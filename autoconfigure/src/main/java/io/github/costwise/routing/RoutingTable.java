package io.github.costwise.routing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import io.github.costwise.Tier;
import io.github.costwise.model.RouteTarget;

/**
 * The tiers that requests are routed over, from the cheapest to the most capable.
 * Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class RoutingTable {

	private final List<RouteTier> tiers;

	private final List<RouteTarget> targets;

	/**
	 * Creates a table.
	 * @param tiers the tiers, their levels from low to high
	 * @throws IllegalArgumentException if there is none, a level is lower than the one
	 * before, or a name of a tier or target is there twice
	 */
	public RoutingTable(List<RouteTier> tiers) {
		if (tiers.isEmpty()) {
			throw new IllegalArgumentException("A routing table needs a tier");
		}
		Set<String> names = new HashSet<>();
		List<RouteTarget> targets = new ArrayList<>();
		Tier last = Tier.AUTO;
		for (RouteTier tier : tiers) {
			if (tier.level().compareTo(last) < 0) {
				throw new IllegalArgumentException("Tier " + tier.name() + " stands after a more capable one");
			}
			last = tier.level();
			if (!names.add(tier.name())) {
				throw new IllegalArgumentException("There are two tiers " + tier.name());
			}
			targets.addAll(tier.targets());
		}
		names.clear();
		for (RouteTarget target : targets) {
			if (!names.add(target.name())) {
				throw new IllegalArgumentException("There are two targets " + target.name());
			}
		}
		this.tiers = List.copyOf(tiers);
		this.targets = List.copyOf(targets);
	}

	/**
	 * Returns a table of one tier a level, named after it.
	 * @param targets the targets in the order of preference within their tier
	 * @return the table
	 * @throws IllegalArgumentException if there is none or a name is there twice
	 */
	public static RoutingTable of(List<RouteTarget> targets) {
		List<RouteTier> tiers = new ArrayList<>();
		for (Tier level : Tier.values()) {
			List<RouteTarget> members = targets.stream().filter((target) -> target.tier() == level).toList();
			if (!members.isEmpty()) {
				tiers.add(new RouteTier(level.name().toLowerCase(Locale.ROOT), level, members));
			}
		}
		return new RoutingTable(tiers);
	}

	/**
	 * Returns the tiers.
	 * @return from the cheapest to the most capable
	 */
	public List<RouteTier> tiers() {
		return this.tiers;
	}

	/**
	 * Returns the targets of all tiers.
	 * @return in the order of the tiers, within a tier the one to prefer first
	 */
	public List<RouteTarget> targets() {
		return this.targets;
	}

	/**
	 * Finds a target.
	 * @param name its name
	 * @return the target, if there is one
	 */
	public Optional<RouteTarget> target(String name) {
		return this.targets.stream().filter((target) -> target.name().equals(name)).findFirst();
	}

	/**
	 * Finds a tier.
	 * @param name its name
	 * @return the tier, if there is one
	 */
	public Optional<RouteTier> tier(String name) {
		return this.tiers.stream().filter((tier) -> tier.name().equals(name)).findFirst();
	}

	/**
	 * Returns the position of the first tier that is at least as capable as a level.
	 * @param level the level
	 * @return the position, or that of the last tier when all are below
	 */
	int position(Tier level) {
		for (int i = 0; i < this.tiers.size(); i++) {
			if (this.tiers.get(i).level().compareTo(level) >= 0) {
				return i;
			}
		}
		return this.tiers.size() - 1;
	}

	int position(RouteTarget target) {
		for (int i = 0; i < this.tiers.size(); i++) {
			if (this.tiers.get(i).targets().contains(target)) {
				return i;
			}
		}
		throw new IllegalArgumentException("No target " + target.name());
	}

}
