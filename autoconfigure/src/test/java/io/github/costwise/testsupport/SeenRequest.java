package io.github.costwise.testsupport;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClient.ChatClientRequestSpec;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.core.Ordered;

/**
 * A request as it comes to the first advisor, and the advisors that it would pass.
 *
 * @param request the request
 * @param advisors all advisors of its chain
 * @since 0.1.0
 */
public record SeenRequest(ChatClientRequest request, List<CallAdvisor> advisors) {

	/**
	 * Makes a request of a client and returns it; no model is asked.
	 * @param client the client
	 * @return what was seen
	 */
	public static SeenRequest of(ChatClient client) {
		return of(client.prompt());
	}

	/**
	 * Makes a request and returns it; no model is asked.
	 * @param spec the request; it keeps the advisor that looks
	 * @return what was seen
	 */
	public static SeenRequest of(ChatClientRequestSpec spec) {
		AtomicReference<SeenRequest> seen = new AtomicReference<>();
		spec.advisors(new Looking(seen)).call().content();
		return Objects.requireNonNull(seen.get());
	}

	/** Looks at the request and answers it. */
	private record Looking(AtomicReference<SeenRequest> seen) implements CallAdvisor {

		@Override
		public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
			this.seen.set(new SeenRequest(request,
					chain.getCallAdvisors().stream().filter((advisor) -> advisor != this).toList()));
			ChatResponse answer = new ChatResponse(List.of(new Generation(new AssistantMessage("seen"))));
			return ChatClientResponse.builder().chatResponse(answer).context(request.context()).build();
		}

		@Override
		public String getName() {
			return "looking";
		}

		@Override
		public int getOrder() {
			return Ordered.HIGHEST_PRECEDENCE;
		}

	}

}
