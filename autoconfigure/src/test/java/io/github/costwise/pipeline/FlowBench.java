package io.github.costwise.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.costwise.CallLimits;
import io.github.costwise.Money;
import io.github.costwise.Tier;
import io.github.costwise.accounting.InMemoryUsageLedger;
import io.github.costwise.accounting.usage.Providers;
import io.github.costwise.accounting.usage.UsageEstimator;
import io.github.costwise.accounting.usage.UsageNormalizers;
import io.github.costwise.background.Background;
import io.github.costwise.cache.policy.CachePolicy;
import io.github.costwise.fallback.FallbackPolicy;
import io.github.costwise.fallback.FallbackRate;
import io.github.costwise.fallback.HealthSettings;
import io.github.costwise.fallback.SpikeSettings;
import io.github.costwise.fallback.TargetHealth;
import io.github.costwise.fallback.classify.FailureClassifiers;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.Failure;
import io.github.costwise.model.FailureKind;
import io.github.costwise.model.GatedAnswer;
import io.github.costwise.model.ModelId;
import io.github.costwise.model.ModelPrice;
import io.github.costwise.model.Price;
import io.github.costwise.model.PriceState;
import io.github.costwise.model.RouteTarget;
import io.github.costwise.model.RoutedConversation;
import io.github.costwise.model.RoutingCause;
import io.github.costwise.model.RoutingDecision;
import io.github.costwise.model.RoutingRequest;
import io.github.costwise.model.RoutingScore;
import io.github.costwise.model.TierProbabilities;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.model.Verdict;
import io.github.costwise.pricing.CostCalculator;
import io.github.costwise.pricing.ReportedBounds;
import io.github.costwise.pricing.UnknownModelPolicy;
import io.github.costwise.quality.GateRules;
import io.github.costwise.routing.RoutingConfiguration;
import io.github.costwise.routing.RoutingPolicy;
import io.github.costwise.routing.RoutingTable;
import io.github.costwise.routing.TestModels;
import io.github.costwise.spi.CostListener;
import io.github.costwise.spi.ModelRouter;
import io.github.costwise.spi.PriceCatalog;
import io.github.costwise.spi.TokenCounter;
import io.github.costwise.spi.UsageLedger;
import io.github.costwise.testsupport.FakeTime;
import io.github.costwise.time.Ticker;
import io.github.costwise.time.Time;

/**
 * What flows are made of, with real parts that need no Spring: a router that takes the
 * first of its targets, a price of a nano-dollar a token, a ledger in memory, and time
 * that stands still.
 */
final class FlowBench {

	static final RouteTarget LIGHT = RouteTarget.of("one", "light", Tier.LIGHT).named("light");

	static final RouteTarget PEER = RouteTarget.of("two", "peer", Tier.LIGHT).named("peer");

	static final RouteTarget STRONG = RouteTarget.of("one", "strong", Tier.PREMIUM).named("strong");

	static final List<RouteTarget> ALL = List.of(LIGHT, PEER, STRONG);

	static final Verdict REJECTED = new Verdict(Verdict.GateOutcome.REJECTED, "test", "as the test says");

	static final FallbackPolicy FALLBACK = FallbackPolicy.defaults();

	/** A target is left unchanged after five failures, and then tried by one call. */
	private static final HealthSettings HEALTH = new HealthSettings(.5, 5, 5, Duration.ofSeconds(30), 1,
			Duration.ofSeconds(2));

	private static final PriceCatalog PRICES = new PriceCatalog() {

		@Override
		public ModelPrice find(ModelId model, Instant at) {
			return (usage, tier) -> {
				Money amount = Money.ofNanos(usage.promptTokens() + usage.outputTokens());
				return new Price(amount, amount, amount, Money.ZERO, Money.ZERO, Money.ZERO, PriceState.EXACT, Set.of(),
						"test", "standard");
			};
		}

		@Override
		public String version() {
			return "test";
		}

	};

	private static final TokenCounter TOKENS = (text, model) -> text.length();

	final FakeTime time = new FakeTime();

	final Faults faults = new Faults();

	final List<CallRecord> booked = new CopyOnWriteArrayList<>();

	final List<TurnRecord> turns = new CopyOnWriteArrayList<>();

	final InMemoryUsageLedger ledger = new InMemoryUsageLedger(InMemoryUsageLedger.Settings.DEFAULTS, this.time);

	final TargetHealth health;

	final CostAccountant accountant;

	final CallPipeline calls;

	final TurnRouter router;

	final CallFlows flows;

	private final List<RouteTarget> targets;

	/** Judges answers. */
	Function<GatedAnswer, Verdict> gate = (candidate) -> Verdict.UNDECIDED;

	/** Receives each decision before it is made. */
	Consumer<RoutingRequest> routing = (request) -> {
	};

	FlowBench(RouteTarget... targets) {
		this(List.of(), targets);
	}

	FlowBench(List<CallPillar> pillars, RouteTarget... targets) {
		this.targets = List.of(targets);
		Time ticking = ticking();
		Background background = new Background(this.faults);
		Providers providers = new Providers(Map.of(), null);
		this.health = new TargetHealth(HEALTH, this.time);
		this.accountant = accountant(this.ledger, background);
		this.calls = new CallPipeline(this.accountant, pillars, providers, CostMode.ENFORCE, ticking);
		RoutingConfiguration configuration = new RoutingConfiguration(RoutingTable.of(this.targets),
				TestModels.length(), Map.of());
		this.router = new TurnRouter(new Rollout(configuration), new RouterParts(router(), null, TOKENS, providers,
				this.health, new FallbackRate(SpikeSettings.defaults(), this.time, (spike) -> {
				}), background, null), CostMode.ENFORCE, ticking);
		this.flows = new CallFlows(this.calls,
				new CallFlows.Routing(this.router,
						new Fallbacks(new FailureClassifiers(List.of(Trouble::failureOf), this.time), this.health,
								this.router, ticking),
						new Gates((candidate) -> this.gate.apply(candidate), CostMode.ENFORCE, this.faults)));
	}

	/** Begins a call; the turn tells what may be done about it. */
	FlowDriver begin(CostTurn turn, FlowSite site) {
		return new FlowDriver(this, this.flows.begin(turn, site));
	}

	/** Lets a target fail once more often than it may, and be tried again by one call. */
	void probe(RouteTarget target) {
		while (!this.health.unavailable().contains(target.name())) {
			this.health.admit(target.name());
			this.health.failed(target.name(), Failure.of(FailureKind.SERVER_ERROR), Duration.ZERO);
		}
		this.time.advance(HEALTH.cooldown().plusMillis(1));
	}

	/** Whether a call may try a target, since none does. */
	boolean isFree(RouteTarget target) {
		boolean admitted = this.health.admit(target.name());
		if (admitted) {
			this.health.released(target.name());
		}
		return admitted;
	}

	/** Timers are the driver's, and a flow that asked for one would wait for ever. */
	private Time ticking() {
		Ticker ticker = this.time.time().ticker();
		return new Time(this.time, ticker, (task, delay) -> {
			throw new UnsupportedOperationException("A flow waits by its steps alone");
		});
	}

	private CostAccountant accountant(UsageLedger kept, Background background) {
		UsageEstimator estimator = new UsageEstimator(TOKENS, background);
		CostListener listener = new CostListener() {

			@Override
			public void onCall(CallRecord call) {
				FlowBench.this.booked.add(call);
			}

			@Override
			public void onTurn(TurnRecord turn) {
				FlowBench.this.turns.add(turn);
			}

		};
		return new CostAccountant(new CallUsage(new UsageNormalizers(List.of(), this.faults), estimator),
				new CostCalculator(PRICES, UnknownModelPolicy.WARN, ReportedBounds.defaults()), kept,
				new CostEventPublisher(() -> List.of(listener), (event) -> {
				}, this.faults), this.faults, null);
	}

	private ModelRouter router() {
		return (request) -> {
			this.routing.accept(request);
			String asked = request.context().target();
			return decision(this.targets.stream()
				.filter((target) -> target.name().equals(asked))
				.findFirst()
				.orElse(this.targets.get(0)));
		};
	}

	/** A path to a target, after which the others come in their order. */
	RoutingDecision decision(RouteTarget first) {
		return new RoutingDecision(first, first.tier().name(), reason(RoutingCause.SCORE),
				this.targets.stream()
					.filter((target) -> target != first && target.tier().compareTo(first.tier()) >= 0)
					.toList(),
				this.targets.stream().filter((target) -> target.tier().compareTo(first.tier()) < 0).toList(),
				List.of());
	}

	private static RoutingDecision.RoutingReason reason(RoutingCause cause) {
		return new RoutingDecision.RoutingReason(cause, "light",
				new RoutingScore(0, new TierProbabilities(.5, .8, 1), false, "test"), null, RoutedConversation.start());
	}

	CostTurn turn(RoutingPolicy.RoutingMode mode, FallbackPolicy fallback, GateRules gate) {
		return turn(CallLimits.NONE, mode, fallback, gate);
	}

	CostTurn turn(CallLimits limits, RoutingPolicy.RoutingMode mode, FallbackPolicy fallback, GateRules gate) {
		return new CostTurn("turn", null,
				new CostPolicy(CostPolicy.DEFAULT, limits, Map.of(CachePillar.POLICY, CachePolicy.OFF,
						TurnRouter.POLICY, RoutingPolicy.of(mode), Fallbacks.POLICY, fallback, Gates.POLICY, gate)),
				ticking());
	}

	/** A turn that is routed and falls back. */
	CostTurn turn(FallbackPolicy fallback) {
		return turn(RoutingPolicy.RoutingMode.ENFORCE, fallback, GateRules.OFF);
	}

	/** An attempt of the client's own model that may be sent. */
	Attempt attempt(CostTurn turn, boolean streamed) {
		return (Attempt) this.calls.reserve(turn, FlowSite.plan(null, streamed, null), false, null);
	}

	/** What calls that nobody waits for may still cost a turn. */
	static Money held(CostTurn turn) {
		return turn.totals().spent().minus(turn.cost());
	}

	/** A failure of which is known what it is. */
	static final class Trouble extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final transient Failure failure;

		Trouble(FailureKind kind) {
			this(Failure.of(kind));
		}

		/** Too many requests for a time. */
		Trouble(Duration retryAfter) {
			this(new Failure(FailureKind.RATE_LIMITED, retryAfter, 429));
		}

		private Trouble(Failure failure) {
			super(failure.kind().name());
			this.failure = failure;
		}

		private static @Nullable Failure failureOf(Throwable error) {
			return (error instanceof Trouble trouble) ? trouble.failure : null;
		}

	}

}
