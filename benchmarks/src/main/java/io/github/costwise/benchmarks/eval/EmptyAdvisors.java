package io.github.costwise.benchmarks.eval;

import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.Advisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.core.Ordered;

/**
 * Two advisors that do nothing but what any pair of ours must: one adds to the context,
 * the other goes on through a copy of the chain. The floor of what advisors cost.
 */
final class EmptyAdvisors {

	private static final int OUTER = Ordered.HIGHEST_PRECEDENCE + 250;

	private static final int INNER = Ordered.LOWEST_PRECEDENCE - 1000;

	private EmptyAdvisors() {
	}

	static Advisor[] both() {
		return new Advisor[] { new Outer(), new Inner() };
	}

	private static final class Outer implements CallAdvisor, StreamAdvisor {

		@Override
		public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
			return chain.nextCall(withContext(request));
		}

		@Override
		public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
			return chain.nextStream(withContext(request));
		}

		private ChatClientRequest withContext(ChatClientRequest request) {
			return request.mutate().context("empty", this).build();
		}

		@Override
		public String getName() {
			return "outer";
		}

		@Override
		public int getOrder() {
			return OUTER;
		}

	}

	private static final class Inner implements CallAdvisor, StreamAdvisor {

		@Override
		public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
			return chain.copy(this).nextCall(request);
		}

		@Override
		public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
			return chain.copy(this).nextStream(request);
		}

		@Override
		public String getName() {
			return "inner";
		}

		@Override
		public int getOrder() {
			return INNER;
		}

	}

}
