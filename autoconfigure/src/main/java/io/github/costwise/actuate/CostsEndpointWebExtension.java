package io.github.costwise.actuate;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * Gives {@link CostsEndpoint} its HTTP statuses: 404 for an unknown dimension and 400 for
 * a bad parameter, each with what would have been right. Thread-safe.
 *
 * @since 0.1.0
 */
@EndpointWebExtension(endpoint = CostsEndpoint.class)
public class CostsEndpointWebExtension {

	private final CostsEndpoint endpoint;

	/**
	 * Creates an extension.
	 * @param endpoint the endpoint to extend
	 */
	public CostsEndpointWebExtension(CostsEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	/**
	 * Returns totals, as {@link CostsEndpoint#costs} does, or a {@link CostBreakdown}
	 * where the request has dimensions, filters, a zone or a limit.
	 * @param from begin of the period, or {@code null}
	 * @param to end of the period, or {@code null}
	 * @param all all parameters, or {@code null} when there are no others
	 * @return the response
	 */
	@ReadOperation
	public WebEndpointResponse<Object> costs(@Nullable String from, @Nullable String to,
			@Nullable RequestParameters all) {
		CostQueryReader reader = (all != null) ? new CostQueryReader(all) : null;
		return Problem.guard(() -> (reader != null && reader.asksForMore()) ? this.endpoint.breakdown(reader)
				: this.endpoint.costs(from, to));
	}

	/**
	 * Returns the rows of one dimension, as {@link CostsEndpoint#costsBy} does.
	 * @param dimension the dimension
	 * @param from begin of the period, or {@code null}
	 * @param to end of the period, or {@code null}
	 * @param limit how many rows at the most, or {@code null}
	 * @return the response
	 */
	@ReadOperation
	public WebEndpointResponse<Object> costsBy(@Selector String dimension, @Nullable String from, @Nullable String to,
			@Nullable String limit) {
		if (!CostsEndpoint.DIMENSIONS.containsKey(dimension)) {
			return Problem.notFound(CostsEndpoint.unknown(dimension), CostsEndpoint.DIMENSIONS.keySet());
		}
		return Problem.guard(() -> this.endpoint.costsBy(dimension, from, to, limit));
	}

}
