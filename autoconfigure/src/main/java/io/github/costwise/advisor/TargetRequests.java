package io.github.costwise.advisor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * Makes of a request, built for one chat model, one that another understands.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class TargetRequests {

	private final TargetOptions options;

	/**
	 * Creates an instance.
	 * @param providers know the options of a provider each
	 * @param models finds the chat models of the application by the names of their beans,
	 * among them the one that a request was built for
	 */
	public TargetRequests(List<ProviderOptions> providers, Supplier<Map<String, ChatModel>> models) {
		this.options = new TargetOptions(providers, models);
	}

	/**
	 * Returns the request for a target. Tools, output schema, sampling and limits that
	 * the request itself asks for go with it, as far as the target takes them; all else
	 * is as the target's bean is configured. The same request and target make the same
	 * result.
	 * @param request the request; not changed
	 * @param target the chat model that will be asked
	 * @param model the name of the model or deployment that it is asked for
	 * @return a request for the target; messages that need no change are the same
	 * instances
	 */
	public ChatClientRequest forTarget(ChatClientRequest request, ChatModel target, String model) {
		Prompt prompt = request.prompt();
		ChatOptions options = this.options.forTarget(prompt.getOptions(), target, model);
		return with(request, TargetHistory.of(prompt.getInstructions(), MessageDialect.of(options), model,
				this.options.rules(options, model)), options);
	}

	/**
	 * Returns the request for the model that it was built for. Rounds of other providers
	 * may have left messages that its own refuses.
	 * @param request the request; not changed
	 * @return the same request when there are none
	 */
	public ChatClientRequest forOwn(ChatClientRequest request) {
		Prompt prompt = request.prompt();
		ChatOptions options = prompt.getOptions();
		if (options == null) {
			return request;
		}
		List<Message> messages = TargetHistory.of(prompt.getInstructions(), MessageDialect.of(options),
				options.getModel(), this.options.rules(options, options.getModel()));
		return (messages == prompt.getInstructions()) ? request : with(request, messages, options);
	}

	private static ChatClientRequest with(ChatClientRequest request, List<Message> messages, ChatOptions options) {
		Map<String, Object> context = new HashMap<>(request.context());
		return new ChatClientRequest(new Prompt(messages, options), context);
	}

}
