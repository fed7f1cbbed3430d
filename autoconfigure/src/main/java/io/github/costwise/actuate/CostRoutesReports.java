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
		Rollout.State now = this.router.rollout().now();
		Map<String, TargetState> states = this.health.states()
			.stream()
			.collect(Collectors.toMap(TargetState::name, Function.identity()));
		return new CostRoutesReport(now.stable().version(), now.stable().model().version(),
				RouteTierReport.of(now.stable().table().tiers(), states), policies(), choices(), takeovers(),
				refusals(), fallback(), CostRoutesReport.Gate.of(this.gates), rollout(now, states),
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

	private List<CostRoutesReport.Choice> choices() {
		return this.router.log()
			.choices()
			.entrySet()
			.stream()
			.map((entry) -> CostRoutesReport.Choice.of(entry.getKey(), entry.getValue()))
			.sorted(Comparator.comparingLong(CostRoutesReport.Choice::turns)
				.reversed()
				.thenComparing(CostRoutesReport.Choice::toString))
			.toList();
	}

	private List<CostRoutesReport.Takeover> takeovers() {
		return this.router.log()
			.takeovers()
			.entrySet()
			.stream()
			.map((entry) -> takeover(entry.getKey(), entry.getValue()))
			.sorted(Comparator.comparingLong(CostRoutesReport.Takeover::count)
				.reversed()
				.thenComparing(CostRoutesReport.Takeover::toString))
			.toList();
	}

	private static CostRoutesReport.Takeover takeover(RouteLog.Takeover takeover, long count) {
		return new CostRoutesReport.Takeover(takeover.from(), takeover.to(),
				takeover.why().toLowerCase(Locale.ROOT).replace('_', '-'), count);
	}

	private Map<String, Long> refusals() {
		Map<String, Long> refusals = new TreeMap<>();
		this.router.log().refusals().forEach((reason, count) -> refusals.put(CostCacheReports.lower(reason), count));
		return refusals;
	}

	private CostRoutesReport.Fallback fallback() {
		FallbackSpike current = this.rate.current();
		return new CostRoutesReport.Fallback(current.share(), current.turns(), new TreeMap<>(current.byTarget()));
	}

	private CostRoutesReport.Rollout rollout(Rollout.State now, Map<String, TargetState> states) {
		RouteLog.Shadowed shadow = this.router.log().shadow();
		return new CostRoutesReport.Rollout(CostRoutesReport.Quality.of(now.signal()),
				(now.candidate() != null) ? candidate(now, now.candidate(), states) : null,
				new CostRoutesReport.Shadow(shadow.asked(), shadow.differing()));
	}

	private static CostRoutesReport.Candidate candidate(Rollout.State now, Rollout.Candidate candidate,
			Map<String, TargetState> states) {
		Rollout.Terms terms = candidate.terms();
		boolean ownTiers = candidate.configuration().table() != now.stable().table();
		return new CostRoutesReport.Candidate(candidate.configuration().version(),
				candidate.configuration().model().version(), terms.share(), terms.shadow(), terms.leastQuality(),
				terms.mostDrop(), terms.leastTurns(), CostRoutesReport.Quality.of(candidate.signal()),
				ownTiers ? RouteTierReport.of(candidate.configuration().table().tiers(), states) : null);
	}

}
