package io.github.costwise.advisor;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.model.ChatResponse;

import io.github.costwise.CostMetadata;
import io.github.costwise.RouteMetadata;
import io.github.costwise.budget.BudgetTicket;
import io.github.costwise.model.BudgetState;
import io.github.costwise.model.BudgetUnit;
import io.github.costwise.model.PriceState;
import io.github.costwise.model.RoutingDecision;
import io.github.costwise.model.RoutingScore;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.pipeline.CallBudgets;
import io.github.costwise.pipeline.CallBudgets.TurnBudget;
import io.github.costwise.pipeline.CostTurn;
import io.github.costwise.pipeline.TurnRoute;

/**
 * Writes what a closed turn cost, and how it was routed, into the metadata of its
 * response.
 */
final class TurnMetadata {

	private TurnMetadata() {
	}

	static ChatClientResponse write(ChatClientResponse response, CostTurn turn) {
		TurnRecord record = turn.record();
		ChatResponse answer = response.chatResponse();
		if (record == null || answer == null) {
			return response;
		}
		ChatResponseMetadata.Builder metadata = copy(answer.getMetadata());
		cost(metadata, turn, record);
		limits(metadata, CallBudgets.of(turn));
		TurnRoute route = TurnRoute.of(turn);
		if (route != null && route.acting()) {
			route(metadata, route);
		}
		return response.mutate().chatResponse(new ChatResponse(answer.getResults(), metadata.build())).build();
	}

	/** A chunk that holds nothing, to be written to. */
	static ChatClientResponse after(@Nullable ChatClientResponse before) {
		ChatClientResponse.Builder chunk = (before != null) ? before.mutate() : ChatClientResponse.builder();
		return chunk.chatResponse(new ChatResponse(List.of())).build();
	}

	private static ChatResponseMetadata.Builder copy(ChatResponseMetadata told) {
		ChatResponseMetadata.Builder metadata = ChatResponseMetadata.builder();
		told.entrySet().forEach((entry) -> metadata.keyValue(entry.getKey(), entry.getValue()));
		return metadata.id(told.getId())
			.model(told.getModel())
			.usage(told.getUsage())
			.rateLimit(told.getRateLimit())
			.promptMetadata(told.getPromptMetadata());
	}

	private static void cost(ChatResponseMetadata.Builder metadata, CostTurn turn, TurnRecord record) {
		PriceState state = turn.priceState();
		TokenUsage usage = turn.usage();
		metadata.keyValue(CostMetadata.TURN, turn.id())
			.keyValue(CostMetadata.AMOUNT, record.cost().amount().toUsd())
			.keyValue(CostMetadata.STATE, ((state != null) ? state : PriceState.EXACT).name())
			.keyValue(CostMetadata.TOKENS, usage.promptTokens() + usage.outputTokens())
			.keyValue(CostMetadata.SAVED, record.cost().saved().total().toUsd());
	}

	private static void limits(ChatResponseMetadata.Builder metadata, @Nullable TurnBudget known) {
		if (known == null) {
			return;
		}
		metadata.keyValue(CostMetadata.BUDGET_CUT, known.cut());
		if (known.finishing()) {
			metadata.keyValue(CostMetadata.FINISHED_BY_LIMIT, true);
		}
		BudgetTicket ticket = known.ticket();
		BudgetState state = (ticket != null) ? ticket.tightest() : null;
		if (ticket != null && state != null) {
			budget(metadata, ticket.unit(state.account()), state);
		}
	}

	private static void budget(ChatResponseMetadata.Builder metadata, BudgetUnit unit, BudgetState state) {
		metadata.keyValue(CostMetadata.BUDGET, state.account().budget())
			.keyValue(CostMetadata.BUDGET_REMAINING, unit.toDecimal(state.limit() - state.spent()));
		if (!state.span().until().equals(Instant.MAX)) {
			metadata.keyValue(CostMetadata.BUDGET_RESET, state.span().until().toString());
		}
	}

	private static void route(ChatResponseMetadata.Builder metadata, TurnRoute route) {
		RoutingDecision decision = route.decision();
		metadata.keyValue(RouteMetadata.TARGET, route.current().name())
			.keyValue(RouteMetadata.TIER, decision.tier())
			.keyValue(RouteMetadata.CAUSE, decision.reason().cause().name())
			.keyValue(RouteMetadata.VERSION, route.version())
			.keyValue(RouteMetadata.FALLBACKS, route.fallbacks());
		RoutingScore score = decision.reason().score();
		if (score != null) {
			metadata.keyValue(RouteMetadata.DIFFICULTY, score.difficulty());
		}
	}

}
