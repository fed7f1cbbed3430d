package io.github.costwise.pipeline;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.RouteTarget;
import io.github.costwise.model.RoutingCause;
import io.github.costwise.model.RoutingDecision;
import io.github.costwise.model.RoutingDecision.RoutingReason;
import io.github.costwise.model.TargetPrice;
import io.github.costwise.routing.RouteTier;
import io.github.costwise.routing.RoutingTable;

/**
 * Sends a turn to a cheaper tier while one of its budgets is nearly used up: as many
 * steps as thresholds are passed, within what the request needs, and only where its
 * tokens cost less.
 */
final class Degrading {

	private static final long MILLION = 1_000_000;

	private Degrading() {
	}

	static RoutingDecision of(CostTurn turn, RoutingDecision chosen, @Nullable CallBudgets budgets,
			RoutingTable table) {
		int steps = (budgets == null || chosen.lower().isEmpty()) ? 0 : budgets.stepsDown(turn, chosen.target());
		RoutingDecision given = chosen;
		int taken = 0;
		while (taken < steps) {
			RouteTarget lower = cheaper(given);
			if (lower == null) {
				break;
			}
			given = to(lower, given, chosen.tier(), table);
			taken++;
		}
		if (taken > 0) {
			RouteState.of(turn).degraded(taken);
		}
		return given;
	}

	private static @Nullable RouteTarget cheaper(RoutingDecision chosen) {
		for (RouteTarget lower : chosen.lower()) {
			if (isCheaper(lower.price(), chosen.target().price())) {
				return lower;
			}
		}
		return null;
	}

	/** What is not known is not cheaper. */
	private static boolean isCheaper(@Nullable TargetPrice one, @Nullable TargetPrice other) {
		return one != null && other != null
				&& one.cost(MILLION, 0, MILLION).compareTo(other.cost(MILLION, 0, MILLION)) < 0;
	}

	private static RoutingDecision to(RouteTarget target, RoutingDecision chosen, String from, RoutingTable table) {
		List<RouteTarget> alternatives = new ArrayList<>();
		List<RouteTarget> lower = new ArrayList<>();
		for (RouteTarget other : chosen.lower()) {
			if (other.tier() == target.tier() && !other.equals(target)) {
				alternatives.add(other);
			}
			else if (other.tier().compareTo(target.tier()) < 0) {
				lower.add(other);
			}
		}
		RoutingReason why = chosen.reason();
		String tier = table.tiers()
			.stream()
			.filter((one) -> one.targets().contains(target))
			.map(RouteTier::name)
			.findFirst()
			.orElse(target.tier().name());
		return new RoutingDecision(target, tier,
				new RoutingReason(RoutingCause.BUDGET, from, why.score(), why.rule(), why.conversation()), alternatives,
				lower, chosen.rejections());
	}

}
