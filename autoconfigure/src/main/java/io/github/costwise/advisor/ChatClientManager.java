package io.github.costwise.advisor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.DefaultChatClient.DefaultChatClientRequestSpec;
import org.springframework.ai.chat.client.advisor.api.Advisor;

/**
 * Gives clients the two advisors, each exactly once, and lets them capture the scope. A
 * client that is not Spring AI's own, such as a mock, is left alone. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ChatClientManager {

	private final CostTurnAdvisor turnAdvisor;

	private final CostCallAdvisor callAdvisor;

	private final ScopeCapture scopes;

	/**
	 * Creates a manager.
	 * @param turnAdvisor opens and closes turns
	 * @param callAdvisor meters calls
	 * @param scopes captures scopes
	 */
	public ChatClientManager(CostTurnAdvisor turnAdvisor, CostCallAdvisor callAdvisor, ScopeCapture scopes) {
		this.turnAdvisor = turnAdvisor;
		this.callAdvisor = callAdvisor;
		this.scopes = scopes;
	}

	/**
	 * Returns the client with both advisors.
	 * @param client a client
	 * @return the managed client, or the same when it is managed or not Spring AI's own
	 */
	public ChatClient manage(ChatClient client) {
		if (client instanceof ManagedChatClient || !(client.prompt() instanceof DefaultChatClientRequestSpec spec)) {
			return client;
		}
		List<Advisor> missing = missing(spec.getAdvisors());
		ChatClient complete = client;
		if (!missing.isEmpty()) {
			Map<String, Object> params = spec.getAdvisorParams();
			complete = client.mutate().defaultAdvisors((advisors) -> advisors.advisors(missing).params(params)).build();
		}
		return new ManagedChatClient(complete, this);
	}

	/**
	 * Returns a builder of managed clients.
	 * @param builder a builder
	 * @return the managing builder
	 */
	public ChatClient.Builder manage(ChatClient.Builder builder) {
		return (builder instanceof ManagedChatClientBuilder) ? builder : new ManagedChatClientBuilder(builder, this);
	}

	ScopeCapture scopes() {
		return this.scopes;
	}

	private List<Advisor> missing(List<Advisor> present) {
		List<Advisor> missing = new ArrayList<>(2);
		if (present.stream().noneMatch(CostTurnAdvisor.class::isInstance)) {
			missing.add(this.turnAdvisor);
		}
		if (present.stream().noneMatch(CostCallAdvisor.class::isInstance)) {
			missing.add(this.callAdvisor);
		}
		return missing;
	}

}
