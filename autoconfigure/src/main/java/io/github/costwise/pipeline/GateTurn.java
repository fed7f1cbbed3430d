package io.github.costwise.pipeline;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.costwise.accounting.CallRecord;
import io.github.costwise.pricing.BilledUnit;
import io.github.costwise.pricing.Money;
import io.github.costwise.pricing.TokenUsage;
import io.github.costwise.quality.Candidate;
import io.github.costwise.quality.GateRules;
import io.github.costwise.quality.Verdict;
import io.github.costwise.routing.RouteTarget;
import io.github.costwise.routing.RoutingDecision;
import io.github.costwise.routing.RoutingScore;
import io.github.costwise.routing.TargetPrice;

/**
 * The judgement of one answer: first by itself; where that says nothing and the request
 * lies in the grey zone, beside a second one. Its steps come one after another; not
 * thread-safe otherwise.
 *
 * @since 0.1.0
 */
public final class GateTurn {

	private final Gates gates;

	private final CostTurn turn;

	private final RoutingDecision decision;

	private final RouteTarget stronger;

	private final GateRules rules;

	private final Money costBefore;

	private boolean asked;

	GateTurn(Gates gates, CostTurn turn, RoutingDecision decision, RouteTarget stronger) {
		this.gates = gates;
		this.turn = turn;
		this.decision = decision;
		this.stronger = stronger;
		this.rules = turn.policy().gate();
		CallRecord last = turn.lastCall();
		this.costBefore = (last != null) ? turn.cost().minus(last.price().amount()) : Money.ZERO;
	}

	/**
	 * Judges an answer.
	 * @param candidate the answer, alone or beside a second one
	 * @return whether it must be replaced; always {@code false} where the gate only
	 * observes
	 */
	public boolean rejects(Candidate candidate) {
		Verdict verdict = this.gates.judge(candidate);
		return verdict.outcome() == Verdict.Outcome.REJECTED && this.gates.acts(this.rules);
	}

	/**
	 * Returns who gives a second opinion on an answer that was not rejected by itself.
	 * @param candidate the answer
	 * @return the way to a second cheap model, or {@code null} when none is to be asked
	 */
	public @Nullable RoutingDecision second(Candidate candidate) {
		String name = this.rules.second();
		RouteTarget target = (name != null) ? this.gates.target(name) : null;
		if (target == null || !this.gates.acts(this.rules) || candidate.state() != Candidate.State.COMPLETE || !isGrey()
				|| !this.gates.counters(this.turn).ask()) {
			return null;
		}
		this.asked = true;
		return only(target, List.of());
	}

	private boolean isGrey() {
		TurnRoute route = this.turn.route();
		if (route == null) {
			return false;
		}
		RoutingScore score = route.decision().reason().score();
		return score != null && score.probabilities().of(route.current().tier()) < this.rules.plainAbove();
	}

	/**
	 * Returns who replaces the answer.
	 * @return the way to a more capable model
	 */
	public RoutingDecision stronger() {
		List<RouteTarget> rest = this.decision.alternatives()
			.stream()
			.filter((target) -> target != this.stronger && target.tier().compareTo(this.stronger.tier()) >= 0)
			.toList();
		return only(this.stronger, rest);
	}

	private RoutingDecision only(RouteTarget target, List<RouteTarget> rest) {
		return new RoutingDecision(target, this.decision.tier(), this.decision.reason(), rest, List.of(), List.of());
	}

	/**
	 * Takes note that the answer stands.
	 */
	public void kept() {
		count(false);
	}

	/**
	 * Takes note that a more capable model has answered instead.
	 */
	public void replaced() {
		TurnRoute route = this.turn.route();
		if (route != null) {
			route.escalated(this.stronger);
		}
		count(true);
	}

	/** Only requests that were asked twice tell whether asking twice pays. */
	private void count(boolean replaced) {
		CallRecord last = this.turn.lastCall();
		TargetPrice price = this.stronger.price();
		if (!this.asked || last == null || price == null) {
			return;
		}
		TokenUsage usage = last.usage();
		Money alone = replaced ? last.price().amount()
				: price.cost(usage.promptTokens(), usage.get(BilledUnit.CACHE_READ), usage.outputTokens());
		this.gates.counters(this.turn).count(this.turn.cost().minus(this.costBefore), alone, replaced);
	}

}
