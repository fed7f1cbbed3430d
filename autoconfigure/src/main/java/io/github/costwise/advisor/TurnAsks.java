package io.github.costwise.advisor;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.client.ChatClientAttributes;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.advisor.api.Advisor;

import io.github.costwise.cache.partition.CacheRequest.AdvisorPath;
import io.github.costwise.model.AnswerMode;
import io.github.costwise.pipeline.AskedClient;
import io.github.costwise.pipeline.CachePillar;
import io.github.costwise.pipeline.CostTurn;
import io.github.costwise.pipeline.RoutingInput;
import io.github.costwise.pipeline.TurnAsk;
import io.github.costwise.routing.RoutingTable;

/**
 * Tells what turns ask, and through what. Thread-safe.
 */
final class TurnAsks {

	private static final List<ChatClientAttributes> OUTPUT = List.of(ChatClientAttributes.OUTPUT_FORMAT,
			ChatClientAttributes.STRUCTURED_OUTPUT_SCHEMA, ChatClientAttributes.STRUCTURED_OUTPUT_NATIVE);

	private final AdvisorPaths paths = new AdvisorPaths();

	private final Advisor self;

	private final TargetModels models;

	private final RouteAsks asks;

	TurnAsks(Advisor self, TargetModels models) {
		this.self = self;
		this.models = models;
		this.asks = new RouteAsks(models::all, models.identities());
	}

	TurnAsk of(CostTurn turn, ChatClientRequest request, AnswerMode mode, List<? extends Advisor> advisors) {
		return new TurnAsk(request.prompt(), output(request, advisors), new ChainClient(turn, request, mode, advisors));
	}

	/**
	 * What Spring AI keeps beside the prompt and appends below the advisors. Answers that
	 * went through a validator are not mixed with others.
	 */
	private static Map<String, String> output(ChatClientRequest request, List<? extends Advisor> advisors) {
		Map<String, String> output = new TreeMap<>();
		for (ChatClientAttributes attribute : OUTPUT) {
			Object value = request.context().get(attribute.getKey());
			if (value != null) {
				output.put(attribute.getKey(), value.toString());
			}
		}
		if (!ValidatedAnswers.validators(advisors).isEmpty()) {
			output.put("validated", "json");
		}
		return output;
	}

	/** A client by its chain. */
	private final class ChainClient implements AskedClient {

		private final CostTurn turn;

		private final ChatClientRequest request;

		private final AnswerMode mode;

		private final List<? extends Advisor> advisors;

		private ChainClient(CostTurn turn, ChatClientRequest request, AnswerMode mode,
				List<? extends Advisor> advisors) {
			this.turn = turn;
			this.request = request;
			this.mode = mode;
			this.advisors = advisors;
		}

		@Override
		public AnswerMode mode() {
			return this.mode;
		}

		@Override
		public AdvisorPath path() {
			return TurnAsks.this.paths.of(TurnAsks.this.self, this.advisors,
					CachePillar.POLICY.of(this.turn.policy()).admission());
		}

		@Override
		public @Nullable String model() {
			return TurnAsks.this.models.identities().of(this.advisors);
		}

		@Override
		public RoutingInput.RequestedModel wish(RoutingTable table) {
			return TurnAsks.this.asks.wish(this.request, this.advisors, table);
		}

	}

}
