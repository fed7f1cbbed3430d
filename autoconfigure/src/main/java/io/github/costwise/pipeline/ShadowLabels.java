package io.github.costwise.pipeline;

import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Tier;
import io.github.costwise.cache.learning.BudgetedJudge;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.RouteTarget;
import io.github.costwise.routing.calibration.LabelFile;
import io.github.costwise.routing.calibration.LabelledRequest;

/**
 * Makes labels of the application's own traffic: for a share of the turns the other model
 * is asked too, and the two answers are compared. The capable model's answer counts as
 * right, and the cheap one's as right when it says the same. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ShadowLabels {

	private final LongAdder compared = new LongAdder();

	private final LongAdder same = new LongAdder();

	private final LabelFile file;

	private final double share;

	private final BudgetedJudge judge;

	private final Faults faults;

	/**
	 * Creates an instance.
	 * @param file takes the labels
	 * @param share share of the turns, 0 to 1
	 * @param judge compares the answers, within its own budget
	 * @param faults counts what goes wrong
	 * @throws IllegalArgumentException if the share is out of its range
	 */
	public ShadowLabels(LabelFile file, double share, BudgetedJudge judge, Faults faults) {
		if (!(share >= 0 && share <= 1)) {
			throw new IllegalArgumentException("The share of turns goes from 0 to 1");
		}
		this.file = file;
		this.share = share;
		this.judge = judge;
		this.faults = faults;
	}

	/**
	 * Returns which other model is to be asked beside a turn.
	 * @param turn the turn, answered
	 * @return a target that is able to answer it, or {@code null} when there is none, or
	 * the turn is not drawn, was not answered by one model alone, or ran tools
	 */
	public @Nullable RouteTarget other(CostTurn turn) {
		TurnRoute route = TurnRoute.of(turn);
		if (route == null || !route.acting() || turn.calls() != 1 || route.escalated() || route.fallbacks() > 0
				|| StableHash.of(turn.id()) >= this.share) {
			return null;
		}
		Tier wanted = (route.current().tier() == Tier.LIGHT) ? Tier.PREMIUM : Tier.LIGHT;
		return route.decision().able().filter((target) -> target.tier() == wanted).findFirst().orElse(null);
	}

	/**
	 * Compares the two answers and keeps the label.
	 * @param text what the user asked
	 * @param answer the answer that was given
	 * @param other the answer of the other model
	 */
	public void compare(String text, String answer, String other) {
		this.judge.judge(text, answer, other).thenAccept((equal) -> keep(text, equal)).exceptionally((ex) -> null);
	}

	private void keep(String text, boolean equal) {
		this.compared.increment();
		if (equal) {
			this.same.increment();
		}
		this.faults.guard(Faults.Kind.ROUTING,
				() -> this.file.append(new LabelledRequest(text, null, equal ? 1 : 0, 1)));
	}

	/**
	 * Returns how many answers were compared and how many said the same.
	 * @return counts since start
	 */
	public Counts counts() {
		return new Counts(this.compared.sum(), this.same.sum());
	}

	/**
	 * How often two models were compared.
	 *
	 * @param compared how many answers
	 * @param same how many of them said the same
	 */
	public record Counts(long compared, long same) {

	}

}
