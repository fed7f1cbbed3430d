package io.github.costwise.advisor;

import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.model.ChatResponse;

import io.github.costwise.RouteMetadata;
import io.github.costwise.model.RoutingDecision;
import io.github.costwise.model.RoutingScore;
import io.github.costwise.pipeline.TurnRoute;

/** Writes how a turn was routed into the metadata of its response. */
final class RouteExplanation {

	private RouteExplanation() {
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
			.keyValue(RouteMetadata.TURN, turnId)
			.keyValue(RouteMetadata.TARGET, route.current().name())
			.keyValue(RouteMetadata.TIER, decision.tier())
			.keyValue(RouteMetadata.CAUSE, decision.reason().cause().name())
			.keyValue(RouteMetadata.VERSION, route.version())
			.keyValue(RouteMetadata.FALLBACKS, route.fallbacks());
		RoutingScore score = decision.reason().score();
		if (score != null) {
			metadata.keyValue(RouteMetadata.DIFFICULTY, score.difficulty());
		}
		return response.mutate().chatResponse(new ChatResponse(answer.getResults(), metadata.build())).build();
	}

}
