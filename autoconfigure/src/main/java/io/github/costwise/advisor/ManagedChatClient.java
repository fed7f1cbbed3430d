package io.github.costwise.advisor;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.prompt.Prompt;

import io.github.costwise.pipeline.CostScope;

/**
 * A client that carries both advisors and captures the scope on the thread that calls
 * {@code prompt()}.
 */
final class ManagedChatClient implements ChatClient {

	private final ChatClient delegate;

	private final ChatClientManager manager;

	ManagedChatClient(ChatClient delegate, ChatClientManager manager) {
		this.delegate = delegate;
		this.manager = manager;
	}

	@Override
	public ChatClientRequestSpec prompt() {
		return captured(this.delegate.prompt());
	}

	@Override
	public ChatClientRequestSpec prompt(String content) {
		return captured(this.delegate.prompt(content));
	}

	@Override
	public ChatClientRequestSpec prompt(Prompt prompt) {
		return captured(this.delegate.prompt(prompt));
	}

	@Override
	public Builder mutate() {
		return new ManagedChatClientBuilder(this.delegate.mutate(), this.manager);
	}

	private ChatClientRequestSpec captured(ChatClientRequestSpec spec) {
		@Nullable CostScope scope = this.manager.scopes().capture();
		return (scope == null) ? spec : spec.advisors((advisors) -> advisors.param(ScopeCapture.CAPTURED, scope));
	}

}
