package io.github.costwise.testsupport;

import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.core.Ordered;

/** Notes what callers are given, outside of everything else. Thread-safe. */
final class TraceAdvisor implements CallAdvisor, StreamAdvisor {

	static final TraceAdvisor INSTANCE = new TraceAdvisor();

	@Override
	public String getName() {
		return "trace";
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
		TracedAnswer answer = new TracedAnswer("given call");
		try {
			ChatClientResponse response = chain.nextCall(request);
			answer.take(response);
			answer.end("", "");
			return response;
		}
		catch (Throwable ex) {
			answer.failed(ex);
			throw ex;
		}
	}

	@Override
	public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
		return Flux.defer(() -> {
			TracedAnswer answer = new TracedAnswer("given stream");
			return chain.nextStream(request)
				.doOnNext(answer::take)
				.doOnComplete(() -> answer.end(" complete", ""))
				.doOnError((ex) -> answer.failed(ex))
				.doOnCancel(() -> answer.end(" cancelled", "cancelled "));
		});
	}

}
