package io.github.costwise.observability;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.github.costwise.Rejection;
import io.github.costwise.fallback.FallbackRate;
import io.github.costwise.fallback.TargetHealth;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.RouteTarget;
import io.github.costwise.model.RoutingCause;
import io.github.costwise.pipeline.CostPolicy;
import io.github.costwise.pipeline.Rollout;
import io.github.costwise.pipeline.RouteLog;
import io.github.costwise.pipeline.RouteLog.Takeover;
import io.github.costwise.pipeline.TurnRouter;
import io.github.costwise.routing.RouteTier;
import io.github.costwise.routing.RoutingConfiguration;
import io.github.costwise.routing.RoutingPolicy;

/**
 * Meters routing and fallback by policies, tiers and targets, which the configuration
 * names, and by causes, kinds and reasons: closed sets all of them. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RouteMeters implements MeterBinder {

	private final TurnRouter router;

	private final Collection<CostPolicy> policies;

	private final TargetHealth health;

	private final FallbackRate rate;

	private final SeriesBudget budget;

	private final Faults faults;

	/**
	 * Creates the meters.
	 * @param router chooses the models
	 * @param policies the configured policies
	 * @param health how the targets are doing
	 * @param rate how many turns fell back of late
	 * @param budget how many series the meters may have
	 * @param faults counts what goes wrong
	 */
	public RouteMeters(TurnRouter router, Collection<CostPolicy> policies, TargetHealth health, FallbackRate rate,
			SeriesBudget budget, Faults faults) {
		this.router = router;
		this.budget = budget;
		this.policies = List.copyOf(policies);
		this.health = health;
		this.rate = rate;
		this.faults = faults;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Set<String> tiers = new TreeSet<>();
		Set<String> targets = new TreeSet<>();
		configurations().forEach((configuration) -> {
			configuration.table().tiers().stream().map(RouteTier::name).forEach(tiers::add);
			configuration.table().targets().stream().map(RouteTarget::name).forEach(targets::add);
		});
		this.policies.stream()
			.filter((policy) -> TurnRouter.POLICY.of(policy).mode() != RoutingPolicy.RoutingMode.OFF)
			.forEach((policy) -> tiers.forEach((tier) -> bindChoices(registry, policy, tier)));
		bindRefusals(registry);
		targets.forEach((target) -> bindAvailability(registry, target));
		bindState(registry);
		RouteLog log = this.router.log();
		log.onTakeover((takeover) -> this.faults.guard(Faults.Kind.LISTENER, () -> bindTakeover(registry, takeover)));
		log.takeovers().keySet().forEach((takeover) -> bindTakeover(registry, takeover));
	}

	private List<RoutingConfiguration> configurations() {
		Rollout.RolloutState now = this.router.rollout().now();
		Rollout.Candidate candidate = now.candidate();
		return (candidate != null) ? List.of(now.stable(), candidate.configuration()) : List.of(now.stable());
	}

	private void bindChoices(MeterRegistry registry, CostPolicy policy, String tier) {
		boolean acting = this.router.acts(policy);
		if (!this.budget.take(RoutingCause.values().length)) {
			return;
		}
		for (RoutingCause cause : RoutingCause.values()) {
			count(registry, "costwise.routes", "Turns whose model was chosen",
					Tags.of("policy", policy.name(), "tier", tier, "cause", lower(cause), "acting",
							String.valueOf(acting)),
					(log) -> log.turns((choice) -> choice.policy().equals(policy.name()) && choice.tier().equals(tier)
							&& choice.cause() == cause && choice.acting() == acting));
		}
	}

	private void bindRefusals(MeterRegistry registry) {
		for (Rejection.RejectionReason reason : Rejection.RejectionReason.values()) {
			count(registry, "costwise.routes.refused", "Turns that no target was able to answer",
					Tags.of("reason", lower(reason)), (log) -> log.refusals().getOrDefault(reason, 0L));
		}
	}

	/** There are too many pairs of targets to have each of them before it is seen. */
	private void bindTakeover(MeterRegistry registry, Takeover takeover) {
		if (this.budget.take(1)) {
			count(registry, "costwise.fallbacks", "Targets that took over from others", Tags.of("from", takeover.from(),
					"to", takeover.to(), "kind", takeover.why().toLowerCase(Locale.ROOT)),
					(log) -> log.count(takeover));
		}
	}

	private void count(MeterRegistry registry, String name, String description, Tags tags,
			ToDoubleFunction<RouteLog> count) {
		FunctionCounter.builder(name, this.router.log(), count).description(description).tags(tags).register(registry);
	}

	private void bindAvailability(MeterRegistry registry, String target) {
		Gauge.builder("costwise.target.available", this.health, (state) -> state.unavailable().contains(target) ? 0 : 1)
			.description("1 when a target is called, 0 while its circuit is open")
			.tag("target", target)
			.strongReference(true)
			.register(registry);
	}

	private void bindState(MeterRegistry registry) {
		Gauge.builder("costwise.fallback.share", this.rate, (current) -> current.current().share())
			.description("Share of the turns of late that fell back")
			.strongReference(true)
			.register(registry);
		quality(registry, "stable", (now) -> now.signal().share());
		quality(registry, "candidate", RouteMeters::candidateQuality);
	}

	private void quality(MeterRegistry registry, String version, ToDoubleFunction<Rollout.RolloutState> share) {
		Gauge
			.builder("costwise.rollout.quality", this.router.rollout(), (rollout) -> share.applyAsDouble(rollout.now()))
			.description("Share of good answers of late; NaN without a candidate")
			.tag("version", version)
			.strongReference(true)
			.register(registry);
	}

	private static double candidateQuality(Rollout.RolloutState now) {
		return (now.candidate() != null) ? now.candidate().signal().share() : Double.NaN;
	}

	private static String lower(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

}
