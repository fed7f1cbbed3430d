package io.github.costwise.pipeline;

import java.util.ArrayList;
import java.util.List;

import io.github.costwise.fallback.FallbackChain;
import io.github.costwise.fallback.FallbackPolicy;
import io.github.costwise.fallback.FallbackTarget;
import io.github.costwise.fallback.TargetHealth;
import io.github.costwise.fallback.classify.FailureClassifiers;
import io.github.costwise.routing.RouteTarget;
import io.github.costwise.routing.RoutingDecision;

/**
 * Begins the attempts of calls that go to targets. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Fallbacks {

	private final FailureClassifiers classifiers;

	private final TargetHealth health;

	private final TurnRouter router;

	/**
	 * Creates an instance.
	 * @param classifiers tell what went wrong
	 * @param health tells how the targets are doing
	 * @param router is told who took over
	 */
	public Fallbacks(FailureClassifiers classifiers, TargetHealth health, TurnRouter router) {
		this.classifiers = classifiers;
		this.health = health;
		this.router = router;
	}

	/**
	 * Begins the attempts of a call.
	 * @param turn the turn that makes it
	 * @param decision where it goes and what else could answer it
	 * @return its attempts, of which the first is due
	 */
	public CallAttempts begin(CostTurn turn, RoutingDecision decision) {
		FallbackPolicy policy = turn.policy().fallback();
		List<RouteTarget> targets = new ArrayList<>();
		targets.add(decision.target());
		targets.addAll(decision.alternatives());
		if (policy.downwards()) {
			targets.addAll(decision.lower());
		}
		FallbackChain chain = new FallbackChain(targets.stream().map(Fallbacks::candidate).toList(), policy,
				this.health);
		return new CallAttempts(this, turn, targets, chain);
	}

	static FallbackTarget candidate(RouteTarget target) {
		return new FallbackTarget(target.name(), target.bean(), target.tier().ordinal(),
				target.abilities().contextWindow());
	}

	FailureClassifiers classifiers() {
		return this.classifiers;
	}

	TargetHealth health() {
		return this.health;
	}

	TurnRouter router() {
		return this.router;
	}

}
