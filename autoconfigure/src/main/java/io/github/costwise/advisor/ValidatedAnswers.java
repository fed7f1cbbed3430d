package io.github.costwise.advisor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.StructuredOutputValidationAdvisor;
import org.springframework.ai.chat.client.advisor.api.Advisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * Asks the validators of a chain about an answer that came out of it. They repeat a call
 * until they are content or tired, and do not say which it was. A validator that cannot
 * tell counts as not content.
 */
final class ValidatedAnswers {

	private ValidatedAnswers() {
	}

	static List<StructuredOutputValidationAdvisor> validators(List<? extends Advisor> advisors) {
		List<StructuredOutputValidationAdvisor> validators = new ArrayList<>(0);
		for (Advisor advisor : advisors) {
			if (advisor instanceof StructuredOutputValidationAdvisor validator) {
				validators.add(validator);
			}
		}
		return validators;
	}

	static boolean accepted(ChatClientRequest request, ChatClientResponse response, List<? extends Advisor> advisors) {
		return validators(advisors).stream().allMatch((validator) -> accepts(validator, request, response));
	}

	private static boolean accepts(StructuredOutputValidationAdvisor validator, ChatClientRequest request,
			ChatClientResponse response) {
		return !hear(validator, request, response).failed;
	}

	/**
	 * Returns what a validator would ask after an answer.
	 * @param validator the validator
	 * @param request what it was asked
	 * @param response the answer
	 * @return the text of the user, or {@code null} when it complains about nothing
	 */
	static @Nullable String complaint(StructuredOutputValidationAdvisor validator, ChatClientRequest request,
			ChatClientResponse response) {
		return hear(validator, request, response).text;
	}

	private static Complaint hear(StructuredOutputValidationAdvisor validator, ChatClientRequest request,
			ChatClientResponse response) {
		Complaint complaint = new Complaint(request.prompt());
		try {
			validator.adviseCall(request.mutate().prompt(complaint).build(), new Playback(response));
		}
		catch (RuntimeException ex) {
			complaint.failed = true;
		}
		return complaint;
	}

	/**
	 * A prompt that notices when a validator adds what is wrong, which it does also when
	 * it repeats nothing. Not thread-safe.
	 */
	private static final class Complaint extends Prompt {

		private @Nullable String text;

		private boolean failed;

		private Complaint(Prompt prompt) {
			super(prompt.getInstructions(), prompt.getOptions());
		}

		@Override
		public Prompt augmentUserMessage(Function<UserMessage, UserMessage> augmenter) {
			this.text = augmenter.apply(getUserMessage()).getText();
			throw new IllegalStateException("The answer is not valid");
		}

	}

	/** Gives the same answer as often as it is asked. */
	private record Playback(ChatClientResponse response) implements CallAdvisorChain {

		@Override
		public ChatClientResponse nextCall(ChatClientRequest request) {
			return this.response;
		}

		@Override
		public List<CallAdvisor> getCallAdvisors() {
			return List.of();
		}

		@Override
		public CallAdvisorChain copy(CallAdvisor after) {
			return this;
		}

	}

}
