package io.github.costwise.advisor;

import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.ChatModelCallAdvisor;
import org.springframework.ai.chat.client.advisor.ChatModelStreamAdvisor;
import org.springframework.ai.chat.client.advisor.DefaultAroundAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.Advisor;
import org.springframework.ai.chat.client.advisor.api.AdvisorChain;
import org.springframework.ai.chat.client.advisor.api.BaseAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.chat.model.ChatModel;

/**
 * Goes on to a model, the client's own or another: the advisors that follow see the call
 * in both forms, and the last of them asks the model. A chain is used up by being run, so
 * each attempt runs a copy; a call may be attempted as often as wanted.
 * <p>
 * The chain wraps each advisor in an observation and aggregates its stream again, chunk
 * by chunk; where nobody observes and only the model follows, it is asked directly, which
 * makes up for what the call advisor adds.
 */
final class TargetChains {

	private TargetChains() {
	}

	static ChatClientResponse call(CallAdvisor self, CallAdvisorChain chain, ChatClientRequest request,
			@Nullable ChatModel target) {
		ChatModelCallAdvisor terminal = (target != null) ? ChatModelCallAdvisor.builder().chatModel(target).build()
				: null;
		if (isDirect(self, chain.getCallAdvisors(), ChatModelCallAdvisor.class)
				&& chain.getObservationRegistry().isNoop()) {
			CallAdvisor last = (terminal != null) ? terminal : last(chain.getCallAdvisors());
			return last.adviseCall(request, chain);
		}
		CallAdvisorChain rest = chain.copy(self);
		return ((terminal != null) ? ending(rest, rest.getCallAdvisors(), terminal) : rest).nextCall(request);
	}

	static Flux<ChatClientResponse> stream(StreamAdvisor self, StreamAdvisorChain chain, ChatClientRequest request,
			@Nullable ChatModel target) {
		ChatModelStreamAdvisor terminal = (target != null) ? ChatModelStreamAdvisor.builder().chatModel(target).build()
				: null;
		if (isDirect(self, chain.getStreamAdvisors(), ChatModelStreamAdvisor.class)
				&& chain.getObservationRegistry().isNoop()) {
			StreamAdvisor last = (terminal != null) ? terminal : last(chain.getStreamAdvisors());
			return Flux.defer(() -> last.adviseStream(request, chain));
		}
		return Flux.defer(() -> {
			StreamAdvisorChain rest = chain.copy(self);
			return ((terminal != null) ? ending(rest, rest.getStreamAdvisors(), terminal) : rest).nextStream(request);
		});
	}

	private static boolean isDirect(Advisor self, List<? extends Advisor> advisors, Class<?> terminal) {
		return advisors.size() > 1 && advisors.get(advisors.size() - 2) == self && terminal.isInstance(last(advisors));
	}

	private static <T> T last(List<T> advisors) {
		return advisors.get(advisors.size() - 1);
	}

	/**
	 * A mutated chain keeps how advisors are observed. Of two advisors with the same
	 * order the one added later runs first, and what follows a terminal never runs.
	 */
	private static BaseAdvisorChain ending(AdvisorChain rest, List<? extends Advisor> advisors, Advisor terminal) {
		DefaultAroundAdvisorChain.Builder builder = (rest instanceof DefaultAroundAdvisorChain chain) ? chain.mutate()
				: DefaultAroundAdvisorChain.builder(rest.getObservationRegistry()).pushAll(advisors);
		return builder.push(terminal).build();
	}

}
