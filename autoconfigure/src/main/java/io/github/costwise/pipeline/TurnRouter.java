package io.github.costwise.pipeline;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

import io.github.costwise.CostFeedback;
import io.github.costwise.NoRouteException;
import io.github.costwise.Tier;
import io.github.costwise.cache.partition.Answerer;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.ModelId;
import io.github.costwise.model.RouteTarget;
import io.github.costwise.model.RoutedConversation;
import io.github.costwise.model.RoutingDecision;
import io.github.costwise.model.TurnRecord.TurnOutcome;
import io.github.costwise.routing.RoutingConfiguration;
import io.github.costwise.routing.RoutingPolicy;
import io.github.costwise.routing.RoutingTable;
import io.github.costwise.time.Time;

/**
 * Chooses the model of each turn at its first call, and looks at later calls whether that
 * model is still able to answer. A router that fails leaves a turn with the client's own
 * model. Thread-safe.
 *
 * @since 0.1.0
 */
public final class TurnRouter implements TurnPillar {

	/** What policies say of how the model is chosen. */
	public static final PolicyPart<RoutingPolicy> POLICY = new PolicyPart<>("routing", RoutingPolicy.OBSERVE);

	private final Conversations conversations = new Conversations();

	private final Rollout rollout;

	private final RatedTurns feedback;

	private final RouterParts parts;

	private final RouteDecider decider;

	private final RouteLog log = new RouteLog();

	private final CostMode mode;

	private final Time time;

	/**
	 * Creates a router.
	 * @param rollout which configuration applies to a turn
	 * @param parts what it works with
	 * @param mode how much may be done
	 * @param time tells the time
	 */
	public TurnRouter(Rollout rollout, RouterParts parts, CostMode mode, Time time) {
		this.rollout = rollout;
		this.feedback = new RatedTurns(rollout);
		this.parts = parts;
		this.decider = new RouteDecider(parts, time.ticker());
		this.mode = mode;
		this.time = time;
	}

	/**
	 * Returns what was decided lately.
	 * @return the log of decisions
	 */
	public RouteLog log() {
		return this.log;
	}

	/**
	 * Returns which configuration applies to which turns.
	 * @return the roll-out
	 */
	public Rollout rollout() {
		return this.rollout;
	}

	/**
	 * Returns what records how good answers were.
	 * @return the feedback
	 */
	public CostFeedback feedback() {
		return this.feedback;
	}

	/**
	 * Returns what a model is chosen by.
	 * @param prompt a request
	 * @return the last message of the user, empty when there is none
	 */
	public static String text(Prompt prompt) {
		return PromptNeeds.text(prompt);
	}

	/**
	 * Returns the targets of most turns.
	 * @return the table of the stable configuration
	 */
	public RoutingTable table() {
		return this.rollout.now().stable().table();
	}

	/**
	 * Returns whether calls of a turn are looked at.
	 * @param turn the turn
	 * @return whether its policy has anything routed or replaced
	 */
	public boolean concerns(CostTurn turn) {
		return POLICY.of(turn.policy()).mode() != RoutingPolicy.RoutingMode.OFF
				|| Fallbacks.POLICY.of(turn.policy()).enabled();
	}

	/** Who would answer a turn; nobody knows where that cannot be found out. */
	Answerer answerer(CostTurn turn, AskedClient client) {
		if (!acts(turn)) {
			return Answerers.expected(null, null, client::model);
		}
		try {
			RoutingInput.RequestedModel wish = client.wish(table());
			String version = keepsItsModel(turn, wish) ? null : this.rollout.configuration(turn).version();
			return Answerers.expected(version, pin(turn, wish), client::model);
		}
		catch (Throwable ex) {
			this.parts.background().faults().report(Faults.Kind.ROUTING, ex);
			return Answerer.UNKNOWN;
		}
	}

	/**
	 * Returns whether decisions are followed, not only observed.
	 * @param policy the policy of a turn
	 * @return whether the model of its turns is replaced
	 */
	public boolean acts(CostPolicy policy) {
		return this.mode == CostMode.ENFORCE && POLICY.of(policy).mode() == RoutingPolicy.RoutingMode.ENFORCE;
	}

	private boolean acts(CostTurn turn) {
		return acts(turn.policy());
	}

	/**
	 * Chooses the target of a call.
	 * @param turn the turn that makes it
	 * @param ask the call
	 * @return where it goes and what else could answer it, or {@code null} when the
	 * client's own model answers and nothing may take over from it
	 * @throws NoRouteException if the turn is to be routed and no target is able
	 */
	public @Nullable RoutingDecision route(CostTurn turn, RoutingInput ask) {
		try {
			RoutingDecision decision = keepsItsModel(turn, ask.wish()) ? null : chosen(turn, ask);
			return (decision != null) ? decision : own(turn, ask);
		}
		catch (NoRouteException ex) {
			this.log.refused(ex);
			if (acts(turn)) {
				throw ex;
			}
			return null;
		}
		catch (Throwable ex) {
			this.parts.background().faults().report(Faults.Kind.ROUTING, ex);
			return null;
		}
	}

	/** Whether the options name a model, and neither tier nor policy says otherwise. */
	private static boolean keepsItsModel(CostTurn turn, RoutingInput.RequestedModel wish) {
		RoutingPolicy policy = POLICY.of(turn.policy());
		return policy.mode() == RoutingPolicy.RoutingMode.OFF || (wish.chosen() && wish.own() == null
				&& wish.target() == null && turn.tier() == Tier.AUTO && !policy.overridesModel());
	}

	private @Nullable RoutingDecision chosen(CostTurn turn, RoutingInput ask) {
		TurnRoute route = TurnRoute.of(turn);
		RoutingDecision decision = OwnWork.of(turn, () -> (route != null) ? again(turn, route, ask) : first(turn, ask));
		return acts(turn) ? decision : null;
	}

	/** The client's own model, where it is a target that others may take over from. */
	private @Nullable RoutingDecision own(CostTurn turn, RoutingInput ask) {
		String own = ask.wish().own();
		if (own == null || this.mode != CostMode.ENFORCE || !Fallbacks.POLICY.of(turn.policy()).enabled()) {
			return null;
		}
		String other = RouteState.of(turn).tookOver();
		return this.decider.decide(this.rollout.configuration(turn), turn, ask, RoutedConversation.start(),
				(other != null) ? other : own);
	}

	private static @Nullable String pin(CostTurn turn, RoutingInput.RequestedModel wish) {
		boolean byOptions = wish.chosen() && turn.tier() == Tier.AUTO && !POLICY.of(turn.policy()).overridesModel();
		return (wish.target() == null && byOptions) ? wish.own() : wish.target();
	}

	private RoutingDecision first(CostTurn turn, RoutingInput ask) {
		RoutingConfiguration configuration = this.rollout.configuration(turn);
		RoutingDecision decision = this.decider.decide(configuration, turn, ask,
				this.conversations.find(key(turn, ask), this.time.now()), pin(turn, ask.wish()));
		RoutingDecision affordable = (pin(turn, ask.wish()) == null && acts(turn))
				? Degrading.of(turn, decision, this.parts.budgets(), configuration.table()) : decision;
		TurnRoute route = new TurnRoute(affordable, configuration.version(), acts(turn), model(ask));
		RouteState.of(turn).routed(route, key(turn, ask));
		this.log.decided(turn, route);
		this.feedback.remember(turn, route);
		shadow(turn, ask, decision);
		return affordable;
	}

	private void shadow(CostTurn turn, RoutingInput ask, RoutingDecision decision) {
		RoutingConfiguration shadow = this.rollout.shadow();
		if (shadow == null) {
			return;
		}
		try {
			this.log.shadowed(decision,
					this.decider.decide(shadow, turn, ask, RoutedConversation.start(), pin(turn, ask.wish())));
		}
		catch (NoRouteException ex) {
			this.log.shadowed(decision, null);
		}
	}

	private RoutingDecision again(CostTurn turn, TurnRoute route, RoutingInput ask) {
		if (!route.acting()) {
			return route.decision();
		}
		RoutingDecision decision = this.decider.decide(this.rollout.configuration(turn), turn, ask,
				RoutedConversation.start(), route.current().name());
		route.moved(decision.target());
		return decision;
	}

	private ModelId model(RoutingInput ask) {
		ChatOptions options = ask.prompt().getOptions();
		String model = (options != null) ? options.getModel() : null;
		return new ModelId(this.parts.providers().of(options), (model != null) ? model : "unknown");
	}

	private static @Nullable String key(CostTurn turn, RoutingInput ask) {
		return (ask.conversation() != null)
				? turn.policy().name() + '\n' + turn.attribution().tenant() + '\n' + ask.conversation() : null;
	}

	/**
	 * Records that another target takes over for the rest of a turn.
	 * @param turn the turn
	 * @param from the target that failed
	 * @param to the target that takes over
	 * @param why the kind of failure, fit for a meter's tag
	 */
	public void fellBack(CostTurn turn, RouteTarget from, RouteTarget to, String why) {
		RouteState.of(turn).fellBack(from, to);
		this.log.fellBack(from, to, why);
	}

	@Override
	public int getOrder() {
		return ROUTING;
	}

	@Override
	public Faults.Kind faultKind() {
		return Faults.Kind.ROUTING;
	}

	@Override
	public void closing(CostTurn turn, TurnOutcome outcome, TurnSummary summary) {
		watch(turn);
		TurnRoute route = TurnRoute.of(turn);
		summary.because((route != null) ? route.cause() : "client-model");
		if (route == null || !route.acting() || (outcome != TurnOutcome.ANSWERED && outcome != TurnOutcome.FAILED)) {
			return;
		}
		this.conversations.keep(RouteState.of(turn).conversation(), route, turn.totals().last(), this.time.now());
		this.rollout.rate(route.version(),
				outcome == TurnOutcome.ANSWERED && !turn.totals().wasRepeated() && !route.escalated());
	}

	private void watch(CostTurn turn) {
		String failed = RouteState.of(turn).fellBackFrom();
		if (failed != null) {
			this.parts.rate().fellBack(failed);
		}
		else if (Fallbacks.POLICY.of(turn.policy()).enabled() && turn.calls() > 0) {
			this.parts.rate().answered();
		}
	}

}
