package io.github.costwise.advisor;

import java.util.ArrayList;
import java.util.List;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.StructuredOutputValidationAdvisor;
import org.springframework.ai.chat.client.advisor.api.Advisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;

/**
 * Asks the validators of a chain about an answer that came out of it. They repeat a call
 * until they are content or tired, and do not say which it was.
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
		Playback playback = new Playback(response);
		validator.adviseCall(request, playback);
		return playback.calls == 1;
	}

	/** Gives the same answer as often as it is asked. Not thread-safe. */
	private static final class Playback implements CallAdvisorChain {

		private final ChatClientResponse response;

		private int calls;

		private Playback(ChatClientResponse response) {
			this.response = response;
		}

		@Override
		public ChatClientResponse nextCall(ChatClientRequest request) {
			this.calls++;
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
