package io.github.costwise.actuate;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.costwise.accounting.Deployments;
import io.github.costwise.fallback.FallbackRate;
import io.github.costwise.fallback.TargetHealth;
import io.github.costwise.fallback.TargetState;
import io.github.costwise.model.FallbackSpike;
import io.github.costwise.pipeline.CostPolicies;
import io.github.costwise.pipeline.Gates;
import io.github.costwise.pipeline.Rollout;
import io.github.costwise.pipeline.RouteLog;
import io.github.costwise.pipeline.TurnRouter;

/** Makes reports of routing and fallback. */
final class CostRoutesReports {

	private final TurnRouter router;

	private final TargetHealth health;

	private final FallbackRate rate;

	private final CostPolicies policies;

	private final Deployments deployments;

	private final Gates gates;

	CostRoutesReports(TurnRouter router, TargetHealth health, FallbackRate rate, CostPolicies policies,
			Deployments deployments, Gates gates) {
		this.gates = gates;
		this.router = router;
		this.health = health;
		this.rate = rate;
		this.policies = policies;
		this.deployments = deployments;
	}

	CostRoutesReport report() {
		Rollout.RolloutState now = this.router.rollout().now();
		Map<String, TargetState> states = this.health.states()
			.stream()
			.collect(Collectors.toMap(TargetState::name, Function.identity()));
		return new CostRoutesReport(now.stable().version(), now.stable().model().version(),
				RouteTierReport.of(now.stable().table().tiers(), states), policies(), choices(), takeovers(),
				refusals(), fallback(), CostRoutesReport.GateReport.of(this.gates), rollout(now, states),
				this.deployments.recent().stream().map(CostRoutesReport.DeploymentRow::of).toList(),
				this.router.log().recent().stream().map(RouteDecisionReport::of).toList());
	}

	@Nullable RouteDecisionReport decision(String turnId) {
		return this.router.log()
			.recent()
			.stream()
			.filter((entry) -> entry.turn().equals(turnId))
			.findFirst()
			.map(RouteDecisionReport::of)
			.orElse(null);
	}

	private Map<String, RoutePolicyReport> policies() {
		Map<String, RoutePolicyReport> reports = new TreeMap<>();
		this.policies.names().forEach((name) -> reports.put(name, RoutePolicyReport.of(this.policies.get(name))));
		return reports;
	}

	private List<CostRoutesReport.ChoiceCount> choices() {
		return this.router.log()
			.choices()
			.entrySet()
			.stream()
			.map((entry) -> CostRoutesReport.ChoiceCount.of(entry.getKey(), entry.getValue()))
			.sorted(Comparator.comparingLong(CostRoutesReport.ChoiceCount::turns)
				.reversed()
				.thenComparing(CostRoutesReport.ChoiceCount::toString))
			.toList();
	}

	private List<CostRoutesReport.TakeoverCount> takeovers() {
		return this.router.log()
			.takeovers()
			.entrySet()
			.stream()
			.map((entry) -> takeover(entry.getKey(), entry.getValue()))
			.sorted(Comparator.comparingLong(CostRoutesReport.TakeoverCount::count)
				.reversed()
				.thenComparing(CostRoutesReport.TakeoverCount::toString))
			.toList();
	}

	private static CostRoutesReport.TakeoverCount takeover(RouteLog.Takeover takeover, long count) {
		return new CostRoutesReport.TakeoverCount(takeover.from(), takeover.to(),
				takeover.why().toLowerCase(Locale.ROOT).replace('_', '-'), count);
	}

	private Map<String, Long> refusals() {
		Map<String, Long> refusals = new TreeMap<>();
		this.router.log().refusals().forEach((reason, count) -> refusals.put(CostCacheReports.lower(reason), count));
		return refusals;
	}

	private CostRoutesReport.FallbackReport fallback() {
		FallbackSpike current = this.rate.current();
		return new CostRoutesReport.FallbackReport(current.share(), current.turns(), new TreeMap<>(current.byTarget()));
	}

	private CostRoutesReport.RolloutReport rollout(Rollout.RolloutState now, Map<String, TargetState> states) {
		RouteLog.Shadowed shadow = this.router.log().shadow();
		return new CostRoutesReport.RolloutReport(CostRoutesReport.QualityReport.of(now.signal()),
				(now.candidate() != null) ? candidate(now, now.candidate(), states) : null,
				new CostRoutesReport.RoutingShadow(shadow.asked(), shadow.differing()));
	}

	private static CostRoutesReport.CandidateReport candidate(Rollout.RolloutState now, Rollout.Candidate candidate,
			Map<String, TargetState> states) {
		Rollout.Terms terms = candidate.terms();
		boolean ownTiers = candidate.configuration().table() != now.stable().table();
		return new CostRoutesReport.CandidateReport(candidate.configuration().version(),
				candidate.configuration().model().version(), terms.share(), terms.shadow(), terms.leastQuality(),
				terms.mostDrop(), terms.leastTurns(), CostRoutesReport.QualityReport.of(candidate.signal()),
				ownTiers ? RouteTierReport.of(candidate.configuration().table().tiers(), states) : null);
	}

}
