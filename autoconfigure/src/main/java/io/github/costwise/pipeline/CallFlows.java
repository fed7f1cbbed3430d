package io.github.costwise.pipeline;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.CallRecord.Purpose;
import io.github.costwise.model.RoutingDecision;

/**
 * Begins the flows of calls. Thread-safe.
 *
 * @since 0.1.0
 */
public final class CallFlows {

	private final CallPipeline calls;

	private final @Nullable Routing routing;

	/**
	 * Creates an instance.
	 * @param calls reserves the attempts
	 * @param routing chooses who is asked, or {@code null} without tiers
	 */
	public CallFlows(CallPipeline calls, @Nullable Routing routing) {
		this.calls = calls;
		this.routing = routing;
	}

	/**
	 * Begins a call.
	 * @param turn the turn that makes it
	 * @param site the request
	 * @return its flow
	 */
	public CallFlow begin(CostTurn turn, CallSite site) {
		return new CallFlow(this, turn, site, this.routing != null && this.routing.router().concerns(turn));
	}

	/**
	 * Begins a call for a purpose that its prompt does not tell.
	 * @param turn the turn that makes it
	 * @param site the request
	 * @param purpose why it is made
	 * @return its flow
	 */
	public CallFlow begin(CostTurn turn, CallSite site, Purpose purpose) {
		return begin(turn, site).usually(purpose);
	}

	/**
	 * Begins a call to one target, which was chosen elsewhere.
	 * @param turn the turn that makes it
	 * @param site the request
	 * @param decision where it goes
	 * @param purpose why it is made
	 * @return its flow
	 */
	public CallFlow begin(CostTurn turn, CallSite site, RoutingDecision decision, Purpose purpose) {
		return new CallFlow(this, turn, site, true).only(decision, purpose);
	}

	CallPipeline calls() {
		return this.calls;
	}

	Routing routing() {
		return Objects.requireNonNull(this.routing);
	}

	/**
	 * What chooses who is asked.
	 *
	 * @param router chooses the targets
	 * @param fallbacks says what takes over from them
	 * @param gates judges the answers
	 */
	public record Routing(TurnRouter router, Fallbacks fallbacks, Gates gates) {

	}

}
