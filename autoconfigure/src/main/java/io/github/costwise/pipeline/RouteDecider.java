package io.github.costwise.pipeline;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Attribution;
import io.github.costwise.NoRouteException;
import io.github.costwise.Tier;
import io.github.costwise.model.RequestNeeds;
import io.github.costwise.model.RoutedConversation;
import io.github.costwise.model.RoutingDecision;
import io.github.costwise.model.RoutingRequest;
import io.github.costwise.routing.EncodedScore;
import io.github.costwise.routing.RoutingConfiguration;
import io.github.costwise.routing.RoutingPolicy;
import io.github.costwise.spi.ModelRouter;
import io.github.costwise.time.Ticker;

/** Asks a router: says what a call needs, what it is about and what belongs to it. */
final class RouteDecider {

	private final RouterParts parts;

	private final PromptNeeds needs;

	private final @Nullable RoutingEncoder encoder;

	RouteDecider(RouterParts parts, Ticker ticker) {
		this.parts = parts;
		this.needs = new PromptNeeds(parts.counter());
		this.encoder = (parts.encoder() != null) ? new RoutingEncoder(parts.encoder(), parts.background(), ticker)
				: null;
	}

	RoutingDecision decide(RoutingConfiguration configuration, CostTurn turn, RoutingInput ask,
			RoutedConversation conversation, @Nullable String target) {
		RoutingPolicy policy = TurnRouter.POLICY.of(turn.policy());
		RequestNeeds needs = this.needs.of(ask, configuration.table())
			.within(policy.bounds().regions())
			.upTo(policy.bounds().maxCallCost());
		RoutingRequest.Context context = new RoutingRequest.Context(turn.tier(), target, conversation,
				attributes(turn));
		String text = PromptNeeds.text(ask.prompt());
		boolean scored = turn.tier() == Tier.AUTO && target == null;
		float @Nullable [] vector = scored ? vector(text, configuration) : null;
		ModelRouter router = (this.parts.router() != null) ? this.parts.router()
				: configuration.router(turn.policy().name());
		return available(router, new RoutingRequest(text, vector, needs, context));
	}

	/** If every eligible target is unavailable, one is tried anyway. */
	private RoutingDecision available(ModelRouter router, RoutingRequest request) {
		Set<String> unavailable = this.parts.health().unavailable();
		if (unavailable.isEmpty()) {
			return router.route(request);
		}
		try {
			return router.route(request.with(request.needs().without(unavailable)));
		}
		catch (NoRouteException ex) {
			return router.route(request);
		}
	}

	private float @Nullable [] vector(String text, RoutingConfiguration configuration) {
		EncodedScore encoded = configuration.model().encoded();
		return (encoded != null && this.encoder != null) ? this.encoder.encode(text, encoded.encoder()) : null;
	}

	private static Map<String, String> attributes(CostTurn turn) {
		Attribution attribution = turn.attribution();
		Map<String, String> attributes = new HashMap<>(attribution.tags());
		put(attributes, "feature", attribution.feature());
		put(attributes, "tenant", attribution.tenant());
		put(attributes, "user", attribution.user());
		put(attributes, "prompt-version", turn.promptVersion());
		attributes.put("policy", turn.policy().name());
		return attributes;
	}

	private static void put(Map<String, String> attributes, String key, @Nullable String value) {
		if (value != null) {
			attributes.put(key, value);
		}
	}

}
