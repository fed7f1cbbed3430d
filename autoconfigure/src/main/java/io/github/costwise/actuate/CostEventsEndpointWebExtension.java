package io.github.costwise.actuate;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * Gives {@link CostEventsEndpoint} its HTTP statuses: 400 for a bad parameter, with what
 * would have been right. Thread-safe.
 *
 * @since 0.1.0
 */
@EndpointWebExtension(endpoint = CostEventsEndpoint.class)
public class CostEventsEndpointWebExtension {

	private final CostEventsEndpoint endpoint;

	/**
	 * Creates an extension.
	 * @param endpoint the endpoint to extend
	 */
	public CostEventsEndpointWebExtension(CostEventsEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	/**
	 * Returns recent turns, as {@link CostEventsEndpoint#events} does.
	 * @param feature the feature, or {@code null}
	 * @param tenant the tenant, or {@code null}
	 * @param user the user, or {@code null}
	 * @param model the model, or {@code null}
	 * @param outcome how the turn ended, or {@code null}
	 * @param limit how many turns at the most, or {@code null}
	 * @return the response
	 */
	@ReadOperation
	public WebEndpointResponse<Object> events(@Nullable String feature, @Nullable String tenant, @Nullable String user,
			@Nullable String model, @Nullable String outcome, @Nullable String limit) {
		return Problem.guard(() -> this.endpoint.events(feature, tenant, user, model, outcome, limit));
	}

}
