package io.github.costwise.spi;

import io.github.costwise.model.RoutingDecision;
import io.github.costwise.model.RoutingRequest;

/**
 * Decides which model answers a request. Implementations are thread-safe, quick and
 * deterministic: equal requests get equal decisions.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ModelRouter {

	/**
	 * Chooses a target.
	 * @param request the request
	 * @return the decision, which never names a target that lacks what the request needs
	 * @throws io.github.costwise.NoRouteException if no target is able to answer
	 */
	RoutingDecision route(RoutingRequest request);

}
