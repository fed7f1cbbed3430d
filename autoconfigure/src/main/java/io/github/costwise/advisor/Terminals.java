package io.github.costwise.advisor;

import java.util.List;

import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.ChatModelCallAdvisor;
import org.springframework.ai.chat.client.advisor.ChatModelStreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.Advisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;

/**
 * Goes on to the model. The chain wraps each advisor in an observation and aggregates its
 * stream anew, chunk by chunk; where nobody observes and only the model follows, it is
 * asked directly, which makes up for what the call advisor adds.
 */
final class Terminals {

	private Terminals() {
	}

	static ChatClientResponse call(CallAdvisor self, CallAdvisorChain chain, ChatClientRequest request) {
		List<CallAdvisor> advisors = chain.getCallAdvisors();
		if (chain.getObservationRegistry().isNoop() && isNextToLast(self, advisors)
				&& advisors.get(advisors.size() - 1) instanceof ChatModelCallAdvisor terminal) {
			return terminal.adviseCall(request, chain);
		}
		return chain.nextCall(request);
	}

	static Flux<ChatClientResponse> stream(StreamAdvisor self, StreamAdvisorChain chain, ChatClientRequest request) {
		List<StreamAdvisor> advisors = chain.getStreamAdvisors();
		if (chain.getObservationRegistry().isNoop() && isNextToLast(self, advisors)
				&& advisors.get(advisors.size() - 1) instanceof ChatModelStreamAdvisor terminal) {
			return Flux.defer(() -> terminal.adviseStream(request, chain));
		}
		return chain.nextStream(request);
	}

	private static boolean isNextToLast(Advisor self, List<? extends Advisor> advisors) {
		return advisors.size() > 1 && advisors.get(advisors.size() - 2) == self;
	}

}
