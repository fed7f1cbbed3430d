package io.github.costwise.advisor;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.api.Advisor;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.template.TemplateRenderer;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.core.io.Resource;

/**
 * A builder whose clients are managed, however often it is cloned.
 */
@SuppressWarnings({ "removal", "rawtypes" })
final class ManagedChatClientBuilder implements ChatClient.Builder {

	private final ChatClient.Builder delegate;

	private final ChatClientManager manager;

	ManagedChatClientBuilder(ChatClient.Builder delegate, ChatClientManager manager) {
		this.delegate = delegate;
		this.manager = manager;
	}

	@Override
	public ChatClient.Builder defaultAdvisors(Advisor... advisors) {
		this.delegate.defaultAdvisors(advisors);
		return this;
	}

	@Override
	public ChatClient.Builder defaultAdvisors(Consumer<ChatClient.AdvisorSpec> advisorSpecConsumer) {
		this.delegate.defaultAdvisors(advisorSpecConsumer);
		return this;
	}

	@Override
	public ChatClient.Builder defaultAdvisors(List<Advisor> advisors) {
		this.delegate.defaultAdvisors(advisors);
		return this;
	}

	@Override
	public ChatClient.Builder defaultOptions(ChatOptions.Builder chatOptions) {
		this.delegate.defaultOptions(chatOptions);
		return this;
	}

	@Override
	public ChatClient.Builder defaultUser(String text) {
		this.delegate.defaultUser(text);
		return this;
	}

	@Override
	public ChatClient.Builder defaultUser(Resource text, Charset charset) {
		this.delegate.defaultUser(text, charset);
		return this;
	}

	@Override
	public ChatClient.Builder defaultUser(Resource text) {
		this.delegate.defaultUser(text);
		return this;
	}

	@Override
	public ChatClient.Builder defaultUser(Consumer<ChatClient.PromptUserSpec> userSpecConsumer) {
		this.delegate.defaultUser(userSpecConsumer);
		return this;
	}

	@Override
	public ChatClient.Builder defaultSystem(String text) {
		this.delegate.defaultSystem(text);
		return this;
	}

	@Override
	public ChatClient.Builder defaultSystem(Resource text, Charset charset) {
		this.delegate.defaultSystem(text, charset);
		return this;
	}

	@Override
	public ChatClient.Builder defaultSystem(Resource text) {
		this.delegate.defaultSystem(text);
		return this;
	}

	@Override
	public ChatClient.Builder defaultSystem(Consumer<ChatClient.PromptSystemSpec> systemSpecConsumer) {
		this.delegate.defaultSystem(systemSpecConsumer);
		return this;
	}

	@Override
	public ChatClient.Builder defaultTemplateRenderer(TemplateRenderer templateRenderer) {
		this.delegate.defaultTemplateRenderer(templateRenderer);
		return this;
	}

	@Override
	public ChatClient.Builder defaultTools(Object... tools) {
		this.delegate.defaultTools(tools);
		return this;
	}

	@Override
	@Deprecated
	public ChatClient.Builder defaultToolCallbacks(ToolCallback... toolCallbacks) {
		this.delegate.defaultToolCallbacks(toolCallbacks);
		return this;
	}

	@Override
	@Deprecated
	public ChatClient.Builder defaultToolCallbacks(List<ToolCallback> toolCallbacks) {
		this.delegate.defaultToolCallbacks(toolCallbacks);
		return this;
	}

	@Override
	@Deprecated
	public ChatClient.Builder defaultToolCallbacks(ToolCallbackProvider... toolCallbackProviders) {
		this.delegate.defaultToolCallbacks(toolCallbackProviders);
		return this;
	}

	@Override
	public ChatClient.Builder defaultToolContext(Map<String, Object> toolContext) {
		this.delegate.defaultToolContext(toolContext);
		return this;
	}

	@Override
	public ChatClient.Builder clone() {
		return new ManagedChatClientBuilder(this.delegate.clone(), this.manager);
	}

	@Override
	public ChatClient build() {
		return this.manager.manage(this.delegate.build());
	}

}
