package io.github.costwise.advisor;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.StructuredOutputValidationAdvisor;
import org.springframework.ai.chat.client.advisor.api.Advisor;

import io.github.costwise.pipeline.CostTurn;
import io.github.costwise.pipeline.TurnSlot;

/**
 * Tells which calls of a turn repeat one whose answer a validator refused: those that ask
 * what the validator itself would ask after the answer before. Any other later call of an
 * advisor asks something else. One for each turn with validators; they answer no streams.
 */
final class ValidationRepeats {

	private static final TurnSlot<ValidationRepeats> SLOT = new TurnSlot<>();

	private final List<StructuredOutputValidationAdvisor> validators;

	private volatile @Nullable Round last;

	private ValidationRepeats(List<StructuredOutputValidationAdvisor> validators) {
		this.validators = validators;
	}

	/**
	 * Begins to watch a turn if it has validators.
	 * @param turn the turn
	 * @param advisors the advisors around its calls
	 */
	static void watch(CostTurn turn, List<? extends Advisor> advisors) {
		List<StructuredOutputValidationAdvisor> validators = ValidatedAnswers.validators(advisors);
		if (!validators.isEmpty()) {
			SLOT.set(turn, new ValidationRepeats(validators));
		}
	}

	/**
	 * Returns what watches a turn.
	 * @param turn the turn
	 * @return its watch, or {@code null} when it has no validators
	 */
	static @Nullable ValidationRepeats of(CostTurn turn) {
		return SLOT.of(turn);
	}

	/**
	 * Begins a call.
	 * @param request what is asked
	 * @return the call, which then receives its answer
	 */
	Round begin(ChatClientRequest request) {
		Round before = this.last;
		boolean repeats = before != null && before.isRepeatedBy(request, this.validators);
		return new Round(this, (before != null && repeats) ? before.first : request, repeats);
	}

	/** A call and its answer. */
	static final class Round {

		private final ValidationRepeats turn;

		/** What the validator was asked; it repeats that with a complaint. */
		private final ChatClientRequest first;

		private final boolean repeats;

		private @Nullable ChatClientResponse response;

		private Round(ValidationRepeats turn, ChatClientRequest first, boolean repeats) {
			this.turn = turn;
			this.first = first;
			this.repeats = repeats;
		}

		boolean repeats() {
			return this.repeats;
		}

		void answered(ChatClientResponse answer) {
			this.response = answer;
			this.turn.last = this;
		}

		private boolean isRepeatedBy(ChatClientRequest request, List<StructuredOutputValidationAdvisor> validators) {
			ChatClientResponse answer = this.response;
			String asked = text(request);
			String before = text(this.first);
			if (answer == null || !asked.startsWith(before)) {
				return false;
			}
			if (asked.equals(before)) {
				return callsTools(answer) && isAskedAgain(request);
			}
			return validators.stream()
				.map((validator) -> ValidatedAnswers.complaint(validator, this.first, answer))
				.anyMatch(asked::equals);
		}

		/** Spring AI 2.0.1 takes the call of a tool for no answer, and says nothing. */
		private static boolean callsTools(ChatClientResponse answer) {
			return answer.chatResponse() != null && answer.chatResponse().hasToolCalls();
		}

		private boolean isAskedAgain(ChatClientRequest request) {
			return request.prompt().getInstructions().equals(this.first.prompt().getInstructions());
		}

		private static String text(ChatClientRequest request) {
			return Objects.requireNonNullElse(request.prompt().getUserMessage().getText(), "");
		}

	}

}
