package io.github.costwise.pipeline;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Tier;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.GatedAnswer;
import io.github.costwise.model.RouteTarget;
import io.github.costwise.model.RoutingCause;
import io.github.costwise.model.RoutingDecision;
import io.github.costwise.model.Verdict;
import io.github.costwise.quality.GateCounters;
import io.github.costwise.quality.GateRules;
import io.github.costwise.spi.QualityGate;

/**
 * Begins the judgement of answers that a lower tier gave, and counts what comes of it.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class Gates {

	/** What policies say of how answers are judged. */
	public static final PolicyPart<GateRules> POLICY = new PolicyPart<>("gate", GateRules.OFF);

	private final Map<String, GateCounters> counters = new ConcurrentHashMap<>();

	private final Map<String, LongAdder> rejections = new ConcurrentHashMap<>();

	private final QualityGate gate;

	private final CostMode mode;

	private final Faults faults;

	/**
	 * Creates an instance.
	 * @param gate judges answers
	 * @param mode how much may be done
	 * @param faults counts what goes wrong
	 */
	public Gates(QualityGate gate, CostMode mode, Faults faults) {
		this.gate = gate;
		this.mode = mode;
		this.faults = faults;
	}

	/**
	 * Begins the judgement of an answer.
	 * @param turn the turn that it answers
	 * @param decision where its call went and what else could answer it
	 * @return the judgement, or {@code null} when the answer stands as it is: the gate is
	 * off, the application asked for this model, the turn was escalated already, or
	 * nothing more capable is able to answer
	 */
	public @Nullable GateTurn open(CostTurn turn, RoutingDecision decision) {
		TurnRoute route = TurnRoute.of(turn);
		GateRules rules = POLICY.of(turn.policy());
		if (route == null || !route.acting() || rules.mode() == GateRules.GateMode.OFF || route.escalated()
				|| route.decision().reason().cause() == RoutingCause.PINNED
				|| route.decision().reason().cause() == RoutingCause.BUDGET) {
			return null;
		}
		RouteTarget stronger = stronger(route.current(), decision);
		return (stronger != null) ? new GateTurn(this, turn, route, decision, stronger) : null;
	}

	/** The first alternative of a higher tier. */
	private static @Nullable RouteTarget stronger(RouteTarget current, RoutingDecision decision) {
		return decision.alternatives()
			.stream()
			.filter((target) -> target.tier().compareTo(current.tier()) > 0 && current.tier() != Tier.PREMIUM)
			.findFirst()
			.orElse(null);
	}

	boolean acts(GateRules rules) {
		return this.mode == CostMode.ENFORCE && rules.mode() == GateRules.GateMode.ENFORCE;
	}

	Verdict judge(GatedAnswer candidate) {
		try {
			Verdict verdict = this.gate.judge(candidate);
			if (verdict.outcome() == Verdict.GateOutcome.REJECTED) {
				this.rejections.computeIfAbsent(verdict.rule(), (rule) -> new LongAdder()).increment();
			}
			return verdict;
		}
		catch (Throwable ex) {
			this.faults.report(Faults.Kind.ROUTING, ex);
			return Verdict.UNDECIDED;
		}
	}

	GateCounters counters(CostTurn turn) {
		return this.counters.computeIfAbsent(turn.policy().name(), (policy) -> new GateCounters());
	}

	/**
	 * Returns what the second opinions cost and saved.
	 * @return counts since start by policy
	 */
	public Map<String, GateCounters.GateState> states() {
		Map<String, GateCounters.GateState> states = new TreeMap<>();
		this.counters.forEach((policy, counted) -> states.put(policy, counted.state()));
		return states;
	}

	/**
	 * Returns how many answers each rule rejected.
	 * @return counts since start by rule
	 */
	public Map<String, Long> rejections() {
		Map<String, Long> counts = new TreeMap<>();
		this.rejections.forEach((rule, count) -> counts.put(rule, count.sum()));
		return counts;
	}

}
