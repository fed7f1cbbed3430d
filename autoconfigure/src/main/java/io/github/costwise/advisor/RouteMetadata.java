package io.github.costwise.advisor;

import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.model.ChatResponse;

import io.github.costwise.pipeline.TurnRoute;
import io.github.costwise.routing.RoutingDecision;
import io.github.costwise.routing.RoutingScore;

/**
 * Names of what a routed response carries in its
 * {@link org.springframework.ai.chat.metadata.ChatResponseMetadata}, and of what a
 * request may ask for. Streamed chunks carry none of them; the context of a
 * {@code ChatClientResponse} has the whole {@link TurnRoute} under {@link #ROUTE}.
 *
 * @since 0.1.0
 */
public final class RouteMetadata {

	/** Advisor parameter that names the target a request must go to. */
	public static final String TARGET_PARAMETER = "costwise.target";

	/** Id of the turn, by which its answer can be rated: text. */
	public static final String TURN = "costwise.turn.id";

	/** Name of the target that answered: text. */
	public static final String TARGET = "costwise.route.target";

	/** Name of the tier that was chosen: text. */
	public static final String TIER = "costwise.route.tier";

	/** Why, the name of a {@link io.github.costwise.routing.RoutingCause}: text. */
	public static final String CAUSE = "costwise.route.cause";

	/** How difficult the request looked, where it was scored: a {@link Double}. */
	public static final String DIFFICULTY = "costwise.route.difficulty";

	/** Version of the routing configuration: text. */
	public static final String VERSION = "costwise.route.version";

	/** How often another target had to take over: an {@link Integer}. */
	public static final String FALLBACKS = "costwise.route.fallbacks";

	/** Key of the {@link TurnRoute} in the context of responses. */
	public static final String ROUTE = "costwise.route";

	private RouteMetadata() {
	}

	static ChatClientResponse explained(ChatClientResponse response, String turnId, TurnRoute route) {
		ChatResponse answer = response.chatResponse();
		if (answer == null) {
			return response;
		}
		RoutingDecision decision = route.decision();
		ChatResponseMetadata.Builder metadata = ChatResponseMetadata.builder();
		answer.getMetadata().entrySet().forEach((entry) -> metadata.keyValue(entry.getKey(), entry.getValue()));
		metadata.id(answer.getMetadata().getId())
			.model(answer.getMetadata().getModel())
			.usage(answer.getMetadata().getUsage())
			.rateLimit(answer.getMetadata().getRateLimit())
			.promptMetadata(answer.getMetadata().getPromptMetadata())
			.keyValue(TURN, turnId)
			.keyValue(TARGET, route.current().name())
			.keyValue(TIER, decision.tier())
			.keyValue(CAUSE, decision.reason().cause().name())
			.keyValue(VERSION, route.version())
			.keyValue(FALLBACKS, route.fallbacks());
		RoutingScore score = decision.reason().score();
		if (score != null) {
			metadata.keyValue(DIFFICULTY, score.difficulty());
		}
		return response.mutate().chatResponse(new ChatResponse(answer.getResults(), metadata.build())).build();
	}

}
