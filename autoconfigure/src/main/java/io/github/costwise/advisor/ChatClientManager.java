package io.github.costwise.advisor;

import java.util.ArrayList;
import java.util.List;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClient.ChatClientRequestSpec;
import org.springframework.ai.chat.client.DefaultChatClient;
import org.springframework.ai.chat.client.DefaultChatClient.DefaultChatClientRequestSpec;
import org.springframework.ai.chat.client.DefaultChatClientBuilder;
import org.springframework.ai.chat.client.advisor.api.Advisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.scope.ScopedObject;

/**
 * Gives the requests of clients the two advisors, each exactly once, and lets them know
 * their caller. Wrapping calls nothing, and what is not Spring AI's own, such as a mock,
 * stays unchanged. Thread-safe.
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
	 * Returns the managed client of a client.
	 * @param client a client
	 * @return the managed client, or the same when it is managed or not Spring AI's own
	 */
	public ChatClient manage(ChatClient client) {
		return isExactly(DefaultChatClient.class, client) ? new ManagedChatClient(client, this) : client;
	}

	/**
	 * Returns a builder of managed clients.
	 * @param builder a builder
	 * @return the managing builder, or the same when it is managing or not Spring AI's
	 * own
	 */
	public ChatClient.Builder manage(ChatClient.Builder builder) {
		return isExactly(DefaultChatClientBuilder.class, builder) ? new ManagedChatClientBuilder(builder, this)
				: builder;
	}

	/**
	 * Returns whether a client or builder is managed, or stands for one that is when it
	 * is used.
	 * @param candidate a client or builder
	 * @return whether nothing is left to do for it
	 */
	public boolean isManaged(Object candidate) {
		return candidate instanceof ManagedChatClient || candidate instanceof ManagedChatClientBuilder
				|| candidate instanceof ScopedObject;
	}

	/**
	 * A request that shows its advisors is managed to the last moment. Of another one, as
	 * an aspect may return it, only the caller is known, as of now.
	 */
	ChatClientRequestSpec manage(ChatClientRequestSpec spec) {
		if (spec instanceof DefaultChatClientRequestSpec own) {
			return new ManagedRequestSpec(own, this);
		}
		ScopeCapture.Captured captured = this.scopes.capture();
		return spec.advisors((advisors) -> advisors.param(ScopeCapture.CAPTURED, captured));
	}

	ScopeCapture scopes() {
		return this.scopes;
	}

	List<Advisor> missing(List<Advisor> present) {
		List<Advisor> missing = new ArrayList<>(2);
		if (!has(present, CostTurnAdvisor.class)) {
			missing.add(this.turnAdvisor);
		}
		if (!has(present, CostCallAdvisor.class)) {
			missing.add(this.callAdvisor);
		}
		return missing;
	}

	private static boolean has(List<Advisor> advisors, Class<?> type) {
		for (Advisor advisor : advisors) {
			if (type.isInstance(advisor)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether it is of that class itself, or a proxy that always stands for one object of
	 * it. What a scoped proxy stands for is wrapped where that is made.
	 */
	private static boolean isExactly(Class<?> type, Object candidate) {
		if (candidate instanceof Advised proxy && !(candidate instanceof ScopedObject)
				&& proxy.getTargetSource().isStatic()) {
			return AopProxyUtils.ultimateTargetClass(candidate) == type;
		}
		return candidate.getClass() == type;
	}

}
