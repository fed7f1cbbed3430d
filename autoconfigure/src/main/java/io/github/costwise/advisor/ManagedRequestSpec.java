package io.github.costwise.advisor;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClient.AdvisorSpec;
import org.springframework.ai.chat.client.ChatClient.CallResponseSpec;
import org.springframework.ai.chat.client.ChatClient.ChatClientRequestSpec;
import org.springframework.ai.chat.client.ChatClient.PromptSystemSpec;
import org.springframework.ai.chat.client.ChatClient.PromptUserSpec;
import org.springframework.ai.chat.client.ChatClient.StreamResponseSpec;
import org.springframework.ai.chat.client.DefaultChatClient.DefaultChatClientRequestSpec;
import org.springframework.ai.chat.client.advisor.api.Advisor;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.template.TemplateRenderer;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.core.io.Resource;

/**
 * A request that is given the advisors it lacks, and whoever makes it, whenever
 * {@code call()} or {@code stream()} is called. It may be kept and used by several
 * callers at once: each is known as the maker of its own request only.
 */
@SuppressWarnings("removal")
final class ManagedRequestSpec implements ChatClientRequestSpec {

	private final DefaultChatClientRequestSpec delegate;

	private final ChatClientManager manager;

	private final Lock lock = new ReentrantLock();

	ManagedRequestSpec(DefaultChatClientRequestSpec delegate, ChatClientManager manager) {
		this.delegate = delegate;
		this.manager = manager;
	}

	@Override
	public CallResponseSpec call() {
		return make(DefaultChatClientRequestSpec::call);
	}

	@Override
	public StreamResponseSpec stream() {
		return make(DefaultChatClientRequestSpec::stream);
	}

	/** Making the request copies the parameters; nothing of the caller stays behind. */
	private <T> T make(Function<DefaultChatClientRequestSpec, T> request) {
		ScopeCapture.Captured captured = this.manager.scopes().capture();
		this.lock.lock();
		try {
			this.delegate.advisors((advisors) -> advisors.advisors(this.manager.missing(this.delegate.getAdvisors()))
				.param(ScopeCapture.CAPTURED, captured));
			return request.apply(this.delegate);
		}
		finally {
			this.delegate.getAdvisorParams().remove(ScopeCapture.CAPTURED);
			this.lock.unlock();
		}
	}

	@Override
	public ChatClient.Builder mutate() {
		return new ManagedChatClientBuilder(this.delegate.mutate(), this.manager);
	}

	@Override
	public ChatClientRequestSpec advisors(Consumer<AdvisorSpec> consumer) {
		this.delegate.advisors(consumer);
		return this;
	}

	@Override
	public ChatClientRequestSpec advisors(Advisor... advisors) {
		this.delegate.advisors(advisors);
		return this;
	}

	@Override
	public ChatClientRequestSpec advisors(List<Advisor> advisors) {
		this.delegate.advisors(advisors);
		return this;
	}

	@Override
	public ChatClientRequestSpec messages(Message... messages) {
		this.delegate.messages(messages);
		return this;
	}

	@Override
	public ChatClientRequestSpec messages(List<Message> messages) {
		this.delegate.messages(messages);
		return this;
	}

	@Override
	public <B extends ChatOptions.Builder<?>> ChatClientRequestSpec options(B options) {
		this.delegate.options(options);
		return this;
	}

	@Override
	public ChatClientRequestSpec tools(Object... tools) {
		this.delegate.tools(tools);
		return this;
	}

	@Override
	@Deprecated
	public ChatClientRequestSpec toolCallbacks(ToolCallback... toolCallbacks) {
		this.delegate.toolCallbacks(toolCallbacks);
		return this;
	}

	@Override
	@Deprecated
	public ChatClientRequestSpec toolCallbacks(List<ToolCallback> toolCallbacks) {
		this.delegate.toolCallbacks(toolCallbacks);
		return this;
	}

	@Override
	@Deprecated
	public ChatClientRequestSpec toolCallbacks(ToolCallbackProvider... providers) {
		this.delegate.toolCallbacks(providers);
		return this;
	}

	@Override
	public ChatClientRequestSpec toolContext(Map<String, Object> toolContext) {
		this.delegate.toolContext(toolContext);
		return this;
	}

	@Override
	public ChatClientRequestSpec system(String text) {
		this.delegate.system(text);
		return this;
	}

	@Override
	public ChatClientRequestSpec system(Resource text, Charset charset) {
		this.delegate.system(text, charset);
		return this;
	}

	@Override
	public ChatClientRequestSpec system(Resource text) {
		this.delegate.system(text);
		return this;
	}

	@Override
	public ChatClientRequestSpec system(Consumer<PromptSystemSpec> consumer) {
		this.delegate.system(consumer);
		return this;
	}

	@Override
	public ChatClientRequestSpec user(String text) {
		this.delegate.user(text);
		return this;
	}

	@Override
	public ChatClientRequestSpec user(Resource text, Charset charset) {
		this.delegate.user(text, charset);
		return this;
	}

	@Override
	public ChatClientRequestSpec user(Resource text) {
		this.delegate.user(text);
		return this;
	}

	@Override
	public ChatClientRequestSpec user(Consumer<PromptUserSpec> consumer) {
		this.delegate.user(consumer);
		return this;
	}

	@Override
	public ChatClientRequestSpec templateRenderer(TemplateRenderer templateRenderer) {
		this.delegate.templateRenderer(templateRenderer);
		return this;
	}

}
