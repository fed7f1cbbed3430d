package io.github.costwise.autoconfigure;

import java.util.Map;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.client.advisor.observation.AdvisorObservationContext;
import org.springframework.ai.chat.client.observation.ChatClientObservationContext;

import io.github.costwise.accounting.RunningTurn;
import io.github.costwise.observability.ChatClientObservations;

/**
 * Reads the contexts that ChatClient and its advisors observe with.
 */
final class AdvisorObservations implements ChatClientObservations {

	private static final String TURN = "costwise.turn";

	private static final String CALL_ADVISOR = "Costwise Call";

	@Override
	public @Nullable Extent extent(Observation.ContextView context) {
		if (context instanceof ChatClientObservationContext) {
			return Extent.TURN;
		}
		if (context instanceof AdvisorObservationContext advisor) {
			return CALL_ADVISOR.equals(advisor.getAdvisorName()) ? Extent.CALL : Extent.BETWEEN;
		}
		return null;
	}

	@Override
	public @Nullable RunningTurn turn(Observation.ContextView context) {
		return (context instanceof AdvisorObservationContext advisor) ? turn(advisor.getChatClientRequest().context())
				: null;
	}

	private static @Nullable RunningTurn turn(Map<String, ?> request) {
		return (request.get(TURN) instanceof RunningTurn turn) ? turn : null;
	}

}
