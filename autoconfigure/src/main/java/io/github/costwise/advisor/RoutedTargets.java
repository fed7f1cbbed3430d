package io.github.costwise.advisor;

import org.jspecify.annotations.Nullable;

import io.github.costwise.pipeline.CallFlows;

/**
 * What calls that may go to other models need: who is asked, the models, and requests
 * that they understand. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RoutedTargets {

	private final CallFlows.Routing routing;

	private final TargetRequests requests;

	private final TargetModels models;

	private final RouteAsks asks;

	private final DeadlineWorkers workers;

	private final @Nullable ShadowCalls trials;

	private final AnswerState states = new AnswerState();

	/**
	 * Creates an instance.
	 * @param routing chooses who is asked
	 * @param requests makes requests that the targets understand
	 * @param models finds their chat models, and those behind clients
	 * @param workers make calls that have a deadline
	 * @param trials asks other models beside some turns, or {@code null} for none
	 */
	public RoutedTargets(CallFlows.Routing routing, TargetRequests requests, TargetModels models,
			DeadlineWorkers workers, @Nullable ShadowCalls trials) {
		this.routing = routing;
		this.requests = requests;
		this.models = models;
		this.asks = new RouteAsks(models::all, models.identities());
		this.workers = workers;
		this.trials = trials;
	}

	CallFlows.Routing routing() {
		return this.routing;
	}

	TargetRequests requests() {
		return this.requests;
	}

	TargetModels models() {
		return this.models;
	}

	RouteAsks asks() {
		return this.asks;
	}

	AnswerState states() {
		return this.states;
	}

	DeadlineWorkers workers() {
		return this.workers;
	}

	@Nullable ShadowCalls trials() {
		return this.trials;
	}

}
