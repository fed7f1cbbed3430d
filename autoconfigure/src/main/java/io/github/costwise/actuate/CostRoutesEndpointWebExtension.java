package io.github.costwise.actuate;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * Gives {@link CostRoutesEndpoint} its HTTP statuses: 404 for a turn that is not known,
 * 400 for what cannot be done, each with the reason. Thread-safe.
 *
 * @since 0.1.0
 */
@EndpointWebExtension(endpoint = CostRoutesEndpoint.class)
public class CostRoutesEndpointWebExtension {

	private final CostRoutesEndpoint endpoint;

	/**
	 * Creates an extension.
	 * @param endpoint the endpoint to extend
	 */
	public CostRoutesEndpointWebExtension(CostRoutesEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	/**
	 * Returns a decision, as {@link CostRoutesEndpoint#decision} does.
	 * @param turnId id of the turn
	 * @return the response
	 */
	@ReadOperation
	public WebEndpointResponse<Object> decision(@Selector String turnId) {
		RouteDecisionReport decision = this.endpoint.decision(turnId);
		return (decision != null) ? new WebEndpointResponse<>(decision)
				: Problem.notFound("The turn '" + turnId + "' is not among the last decisions.", List.of());
	}

	/**
	 * Goes back, promotes or rates, as {@link CostRoutesEndpoint#act} does.
	 * @param action what to do
	 * @param turn id of a turn, or {@code null}
	 * @param good whether its answer was good, or {@code null}
	 * @return the response
	 */
	@WriteOperation
	public WebEndpointResponse<Object> act(@Nullable String action, @Nullable String turn, @Nullable String good) {
		return Problem.guard(() -> this.endpoint.act(action, turn, good));
	}

}
