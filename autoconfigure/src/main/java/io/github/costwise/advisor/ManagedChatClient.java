package io.github.costwise.advisor;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * A client whose requests carry both advisors and know their caller.
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
		return this.manager.manage(this.delegate.prompt());
	}

	@Override
	public ChatClientRequestSpec prompt(String content) {
		return this.manager.manage(this.delegate.prompt(content));
	}

	@Override
	public ChatClientRequestSpec prompt(Prompt prompt) {
		return this.manager.manage(this.delegate.prompt(prompt));
	}

	@Override
	public Builder mutate() {
		return new ManagedChatClientBuilder(this.delegate.mutate(), this.manager);
	}

}
