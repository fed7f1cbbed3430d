package io.github.costwise.advisor;

import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;

/**
 * Goes on to the client's own model.
 */
final class Terminals {

	private Terminals() {
	}

	static ChatClientResponse call(CallAdvisor self, CallAdvisorChain chain, ChatClientRequest request) {
		return TargetChains.call(self, chain, request, null);
	}

	static Flux<ChatClientResponse> stream(StreamAdvisor self, StreamAdvisorChain chain, ChatClientRequest request) {
		return TargetChains.stream(self, chain, request, null);
	}

}
