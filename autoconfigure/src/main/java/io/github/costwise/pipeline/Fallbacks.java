package io.github.costwise.pipeline;

import java.util.ArrayList;
import java.util.List;

import io.github.costwise.fallback.FallbackChain;
import io.github.costwise.fallback.FallbackPolicy;
import io.github.costwise.fallback.FallbackTarget;
import io.github.costwise.fallback.TargetHealth;
import io.github.costwise.fallback.classify.FailureClassifiers;
import io.github.costwise.model.RouteTarget;
import io.github.costwise.model.RoutingDecision;
import io.github.costwise.time.Time;

/**
 * Begins the attempts of calls that go to targets. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Fallbacks {

	/** What policies say of what takes over from a model that fails. */
	public static final PolicyPart<FallbackPolicy> POLICY = new PolicyPart<>("fallback", FallbackPolicy.OFF);

	private final FailureClassifiers classifiers;

	private final TargetHealth health;

	private final TurnRouter router;

	private final Time time;

	/**
	 * Creates an instance.
	 * @param classifiers tell what went wrong
	 * @param health tells how the targets are doing
	 * @param router is notified of takeovers
	 * @param time measures how long attempts take, and waits between them
	 */
	public Fallbacks(FailureClassifiers classifiers, TargetHealth health, TurnRouter router, Time time) {
		this.classifiers = classifiers;
		this.health = health;
		this.router = router;
		this.time = time;
	}

	/** Begins the attempts of a call, of which the first is due. */
	TargetRun begin(CostTurn turn, RoutingDecision decision) {
		FallbackPolicy policy = POLICY.of(turn.policy());
		List<RouteTarget> targets = new ArrayList<>();
		targets.add(decision.target());
		targets.addAll(decision.alternatives());
		if (policy.downwards()) {
			targets.addAll(decision.lower());
		}
		FallbackChain chain = new FallbackChain(targets.stream().map(Fallbacks::candidate).toList(), policy,
				this.health);
		return new TargetRun(this, turn, targets, chain);
	}

	static FallbackTarget candidate(RouteTarget target) {
		return new FallbackTarget(target.name(), target.bean(), target.tier().ordinal(),
				target.abilities().contextWindow());
	}

	/**
	 * Returns what the attempts measure time by, and wait with.
	 * @return the time
	 */
	public Time time() {
		return this.time;
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
