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
 * Sends a turn to the next cheaper tier while one of its budgets is nearly used up: one
 * step, within what the request needs, and only where its tokens cost less.
 */
final class Degrading {

	private static final long MILLION = 1_000_000;

	private Degrading() {
	}

	static RoutingDecision of(CostTurn turn, RoutingDecision chosen, @Nullable CallBudgets budgets,
			RoutingTable table) {
		if (budgets == null || chosen.lower().isEmpty() || !budgets.degrades(turn, chosen.target())) {
			return chosen;
		}
		for (RouteTarget lower : chosen.lower()) {
			if (isCheaper(lower.price(), chosen.target().price())) {
				RouteState.of(turn).degraded();
				return to(lower, chosen, table);
			}
		}
		return chosen;
	}

	/** What is not known is not cheaper. */
	private static boolean isCheaper(@Nullable TargetPrice one, @Nullable TargetPrice other) {
		return one != null && other != null
				&& one.cost(MILLION, 0, MILLION).compareTo(other.cost(MILLION, 0, MILLION)) < 0;
	}

	private static RoutingDecision to(RouteTarget target, RoutingDecision chosen, RoutingTable table) {
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
				new RoutingReason(RoutingCause.BUDGET, chosen.tier(), why.score(), why.rule(), why.conversation()),
				alternatives, lower, chosen.rejections());
	}

}
