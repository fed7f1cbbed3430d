package io.github.costwise.pipeline;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.RouteTarget;
import io.github.costwise.routing.RoutingConfiguration;

/**
 * What routing and fallback know of a turn. Thread-safe.
 */
final class RouteState {

	private static final TurnSlot<RouteState> SLOT = new TurnSlot<>();

	private volatile @Nullable TurnRoute route;

	private volatile @Nullable RoutingConfiguration configuration;

	private volatile @Nullable String conversation;

	private volatile @Nullable String fellBackFrom;

	private volatile @Nullable String tookOver;

	private volatile boolean ownAsked;

	private volatile boolean mixed;

	private volatile int degraded;

	static RouteState of(CostTurn turn) {
		return SLOT.of(turn, RouteState::new);
	}

	/** What is known of a turn, or {@code null} when nothing was asked of routing. */
	static @Nullable RouteState known(CostTurn turn) {
		return SLOT.of(turn);
	}

	@Nullable TurnRoute route() {
		return this.route;
	}

	void routed(TurnRoute chosen, @Nullable String conversationKey) {
		this.conversation = conversationKey;
		this.route = chosen;
	}

	void fellBack(RouteTarget from, RouteTarget to) {
		TurnRoute now = this.route;
		if (now != null) {
			now.fellBack(to);
		}
		if (this.fellBackFrom == null) {
			this.fellBackFrom = from.name();
		}
		this.tookOver = to.name();
	}

	/** A call went to the client's own model, since nothing else was chosen. */
	void ownAsked() {
		this.ownAsked = true;
	}

	/** The caller has seen thoughts of a model that did not come to answer. */
	void mixed() {
		this.mixed = true;
	}

	/** A target that is so many tiers cheaper answers than the one that was chosen. */
	void degraded(int tiers) {
		this.degraded = tiers;
	}

	static int degraded(CostTurn turn) {
		RouteState known = known(turn);
		return (known != null) ? known.degraded : 0;
	}

	boolean isMixed() {
		return this.mixed;
	}

	/** The target that the turn stays with since another one failed. */
	@Nullable String tookOver() {
		return this.tookOver;
	}

	@Nullable String fellBackFrom() {
		return this.fellBackFrom;
	}

	@Nullable String conversation() {
		return this.conversation;
	}

	@Nullable RoutingConfiguration configuration() {
		return this.configuration;
	}

	RoutingConfiguration configured(RoutingConfiguration chosen) {
		this.configuration = chosen;
		return chosen;
	}

	Answerers.Given given() {
		TurnRoute chosen = this.route;
		boolean other = this.tookOver != null && !this.tookOver.equals(this.fellBackFrom);
		return (chosen != null && chosen.acting() && this.degraded == 0)
				? new Answerers.Given(chosen.version(), chosen.current().name(), this.ownAsked, other)
				: new Answerers.Given(null, null, this.ownAsked, other);
	}

}
