package io.github.costwise.pipeline;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.ModelId;
import io.github.costwise.model.RouteTarget;
import io.github.costwise.model.RoutingDecision;

/**
 * How the model of a turn was chosen and which target answers it now. The first call of a
 * turn decides; later ones keep the target unless it fails or can no longer answer.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class TurnRoute {

	private final RoutingDecision decision;

	private final String version;

	private final boolean acting;

	private final ModelId own;

	private volatile RouteTarget current;

	private volatile int fallbacks;

	private volatile boolean escalated;

	TurnRoute(RoutingDecision decision, String version, boolean acting, ModelId own) {
		this.decision = decision;
		this.version = version;
		this.acting = acting;
		this.own = own;
		this.current = decision.target();
	}

	/**
	 * Returns how the model of a turn was chosen.
	 * @param turn the turn
	 * @return its route, or {@code null} when nothing was decided
	 */
	public static @Nullable TurnRoute of(CostTurn turn) {
		RouteState known = RouteState.known(turn);
		return (known != null) ? known.route() : null;
	}

	/**
	 * Returns what was decided at the first call.
	 * @return the decision
	 */
	public RoutingDecision decision() {
		return this.decision;
	}

	/**
	 * Returns the version of the configuration that the decision follows from.
	 * @return the version
	 */
	public String version() {
		return this.version;
	}

	/**
	 * Returns whether the decision is followed, not only observed.
	 * @return whether the model is replaced
	 */
	public boolean acting() {
		return this.acting;
	}

	/**
	 * Returns the model that would answer without routing.
	 * @return the client's own model
	 */
	public ModelId own() {
		return this.own;
	}

	/**
	 * Returns the target that the next call goes to.
	 * @return the target
	 */
	public RouteTarget current() {
		return this.current;
	}

	/**
	 * Returns how often another target had to take over.
	 * @return the count, zero or more
	 */
	public int fallbacks() {
		return this.fallbacks;
	}

	/**
	 * Returns whether an answer was replaced by that of a more capable model.
	 * @return whether it was
	 */
	public boolean escalated() {
		return this.escalated;
	}

	void escalated(RouteTarget target) {
		this.current = target;
		this.escalated = true;
	}

	void moved(RouteTarget target) {
		this.current = target;
	}

	void fellBack(RouteTarget target) {
		this.current = target;
		this.fallbacks++;
	}

	String cause() {
		String cause = this.decision.reason().cause().name().toLowerCase(Locale.ROOT).replace('_', '-');
		String what = cause + ": " + this.decision.tier() + ", " + this.decision.target().name();
		return this.acting ? what : "client-model: observed " + what;
	}

}
