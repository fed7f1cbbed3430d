package io.github.costwise.pipeline;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Money;
import io.github.costwise.Tier;
import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.GatedAnswer;
import io.github.costwise.model.RouteTarget;
import io.github.costwise.model.RoutingDecision;
import io.github.costwise.model.RoutingScore;
import io.github.costwise.model.TargetPrice;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.model.Verdict;
import io.github.costwise.quality.GateRules;

/**
 * The judgement of one answer: first by itself; where that says nothing and the request
 * lies in the grey zone, beside a second one. Its steps come one after another; not
 * thread-safe otherwise.
 *
 * @since 0.1.0
 */
final class GateTurn {

	private final Gates gates;

	private final CostTurn turn;

	private final TurnRoute route;

	private final RoutingDecision decision;

	private final RouteTarget cheap;

	private final RouteTarget stronger;

	private final GateRules rules;

	private final @Nullable CallRecord answer;

	private final Money costBefore;

	private boolean asked;

	GateTurn(Gates gates, CostTurn turn, TurnRoute route, RoutingDecision decision, RouteTarget stronger) {
		this.gates = gates;
		this.turn = turn;
		this.route = route;
		this.decision = decision;
		this.cheap = route.current();
		this.stronger = stronger;
		this.rules = Gates.POLICY.of(turn.policy());
		this.answer = turn.totals().last();
		this.costBefore = (this.answer != null) ? turn.cost().minus(this.answer.price().amount()) : Money.ZERO;
	}

	/**
	 * Judges an answer.
	 * @param candidate the answer, alone or beside a second one
	 * @return whether it must be replaced; always {@code false} where the gate only
	 * observes
	 */
	public boolean rejects(GatedAnswer candidate) {
		Verdict verdict = this.gates.judge(candidate.to(difficulty()));
		return verdict.outcome() == Verdict.GateOutcome.REJECTED && this.gates.acts(this.rules);
	}

	/** Labels are about the answers of light models, and say nothing of others. */
	private GatedAnswer.@Nullable Difficulty difficulty() {
		RoutingScore score = this.route.decision().reason().score();
		return (score != null && this.cheap.tier() == Tier.LIGHT)
				? new GatedAnswer.Difficulty(score.difficulty(), score.model()) : null;
	}

	/**
	 * Returns who gives a second opinion on an answer that was not rejected by itself.
	 * @param candidate the answer
	 * @return the route to a second cheap model, or {@code null} when none is to be asked
	 * or it is not able to answer
	 */
	public @Nullable RoutingDecision second(GatedAnswer candidate) {
		RouteTarget target = able(this.rules.second());
		if (target == null || !this.gates.acts(this.rules) || candidate.state() != GatedAnswer.AnswerEnd.COMPLETE
				|| !isGrey() || !this.gates.counters(this.turn).ask()) {
			return null;
		}
		this.asked = true;
		return only(target, List.of());
	}

	/** A target that the router found able to answer, other than the one that did. */
	private @Nullable RouteTarget able(@Nullable String name) {
		return this.decision.able()
			.filter((target) -> target.name().equals(name) && target != this.cheap)
			.findFirst()
			.orElse(null);
	}

	private boolean isGrey() {
		RoutingScore score = this.route.decision().reason().score();
		return score != null && score.probabilities().of(this.cheap.tier()) < this.rules.plainAbove();
	}

	/**
	 * Returns who replaces the answer.
	 * @return the route to a more capable model
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
	 * Records that the answer stands.
	 */
	public void kept() {
		this.route.moved(this.cheap);
		count(this.answer, false);
	}

	/**
	 * Records that a more capable model has answered instead: the one that was asked, or
	 * another that took over from it.
	 */
	public void replaced() {
		boolean tookOver = this.route.current() != this.cheap;
		this.route.escalated(tookOver ? this.route.current() : this.stronger);
		count(this.turn.totals().last(), true);
	}

	/** Only requests that were asked twice tell whether asking twice pays. */
	private void count(@Nullable CallRecord given, boolean replaced) {
		TargetPrice price = this.stronger.price();
		if (!this.asked || given == null || price == null) {
			return;
		}
		TokenUsage usage = given.usage().tokens();
		Money alone = replaced ? given.price().amount()
				: price.cost(usage.promptTokens(), usage.get(BilledUnit.CACHE_READ), usage.outputTokens());
		this.gates.counters(this.turn).count(this.turn.cost().minus(this.costBefore), alone, replaced);
	}

}
