package io.github.costwise.routing;

import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Money;
import io.github.costwise.Rejection;
import io.github.costwise.Rejection.RejectionReason;
import io.github.costwise.model.Capability;
import io.github.costwise.model.RequestNeeds;
import io.github.costwise.model.RouteTarget;
import io.github.costwise.model.TargetPrice;

/** Tells whether a target is able to answer a request. Never a matter of score. */
final class CapabilityFilter {

	private final double contextMargin;

	CapabilityFilter(double contextMargin) {
		this.contextMargin = contextMargin;
	}

	/**
	 * Looks for what speaks against a target.
	 * @param target the target
	 * @param needs what the request needs
	 * @return the first thing found, or {@code null} when the target is able
	 */
	@Nullable Rejection check(RouteTarget target, RequestNeeds needs) {
		if (needs.unavailable().contains(target.name())) {
			return new Rejection(target.name(), RejectionReason.UNAVAILABLE, "is unavailable");
		}
		Rejection rejection = capabilities(target, needs);
		if (rejection == null) {
			rejection = size(target, needs.tokens());
		}
		if (rejection == null) {
			rejection = region(target, needs);
		}
		return (rejection != null) ? rejection : cost(target, needs);
	}

	private static @Nullable Rejection capabilities(RouteTarget target, RequestNeeds needs) {
		if (target.abilities().capabilities().containsAll(needs.capabilities())) {
			return null;
		}
		Set<Capability> missing = EnumSet.copyOf(needs.capabilities());
		missing.removeAll(target.abilities().capabilities());
		return new Rejection(target.name(), RejectionReason.CAPABILITY, "lacks " + missing);
	}

	private @Nullable Rejection size(RouteTarget target, RequestNeeds.TokenNeeds tokens) {
		RouteTarget.Abilities abilities = target.abilities();
		if (tokens.minOutput() > abilities.maxOutput()) {
			return new Rejection(target.name(), RejectionReason.MAX_OUTPUT,
					"writes at most " + abilities.maxOutput() + " tokens, not " + tokens.minOutput());
		}
		long wanted = (long) tokens.prompt() + Math.max(tokens.reservedOutput(), tokens.minOutput());
		if (wanted > abilities.contextWindow() * (1 - this.contextMargin)) {
			return new Rejection(target.name(), RejectionReason.CONTEXT_WINDOW,
					"holds " + abilities.contextWindow() + " tokens, too few for " + wanted);
		}
		return null;
	}

	private static @Nullable Rejection region(RouteTarget target, RequestNeeds needs) {
		if (needs.regions().isEmpty() || (target.region() != null && needs.regions().contains(target.region()))) {
			return null;
		}
		return new Rejection(target.name(), RejectionReason.REGION,
				(target.region() != null) ? "runs in " + target.region() : "runs in a region that is not known");
	}

	private static @Nullable Rejection cost(RouteTarget target, RequestNeeds needs) {
		Money most = needs.maxCost();
		if (most == null) {
			return null;
		}
		TargetPrice price = target.price();
		if (price == null) {
			return new Rejection(target.name(), RejectionReason.COST, "has no known price");
		}
		RequestNeeds.TokenNeeds tokens = needs.tokens();
		Money cost = price.cost(tokens.prompt(), 0, Math.max(tokens.reservedOutput(), tokens.minOutput()));
		return (cost.compareTo(most) <= 0) ? null
				: new Rejection(target.name(), RejectionReason.COST, "may cost " + cost + ", more than " + most);
	}

}
