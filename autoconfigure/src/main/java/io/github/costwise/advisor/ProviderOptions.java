package io.github.costwise.advisor;

import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.prompt.ChatOptions;

/**
 * Knows what is particular about the options of one provider's client. Thread-safe.
 *
 * @since 0.1.0
 */
public interface ProviderOptions {

	/** HTTP header that marks a streamed call; removed before it leaves the machine. */
	String CALL_HEADER = "X-Costwise-Call";

	/**
	 * Returns whether the options are of this provider.
	 * @param options the options of a call
	 * @return whether the other methods may be called
	 */
	boolean supports(ChatOptions options);

	/**
	 * Returns whether calls can be marked, since their HTTP client removes the mark.
	 * @return whether {@link #marked} may be called
	 */
	boolean marksCalls();

	/**
	 * Returns whether the request asks for prompt-cache writes of one hour.
	 * @param options the options of a call
	 * @return whether it does
	 */
	default boolean asksForOneHourCache(ChatOptions options) {
		return false;
	}

	/**
	 * Returns the options with the mark of a call.
	 * @param options the options of the call
	 * @param callId its id
	 * @return changed options
	 */
	ChatOptions marked(ChatOptions options, String callId);

	/**
	 * Returns the options with a limit on output tokens, unless theirs is lower.
	 * @param options the options of the call
	 * @param maxOutputTokens the limit, at least 1
	 * @return the options, changed or not
	 */
	ChatOptions capped(ChatOptions options, int maxOutputTokens);

	/**
	 * Returns whether two options lead to the same server and account.
	 * @param one options of this provider
	 * @param other options of this provider
	 * @return whether they do, or {@code null} when they do not tell
	 */
	default @Nullable Boolean sameConnection(ChatOptions one, ChatOptions other) {
		return null;
	}

	/**
	 * Returns which server options lead to.
	 * @param options options of this provider
	 * @return the host, or {@code null} when the options do not tell
	 */
	default @Nullable String server(ChatOptions options) {
		return null;
	}

	/**
	 * Returns how often a client that was built from options repeats a failed request.
	 * @param own the options of a chat model
	 * @return the number of times, 0 or more, or {@code null} when it cannot be known
	 */
	default @Nullable Integer retries(ChatOptions own) {
		return null;
	}

	/**
	 * Returns what the client puts where nobody said anything: such a value is no wish of
	 * the application.
	 * @param options options of the client
	 * @return options of any class that hold these values
	 */
	default ChatOptions classDefaults(ChatOptions options) {
		return ChatOptions.builder().build();
	}

	/**
	 * Returns the limit on output tokens.
	 * @param options the options of a call
	 * @return the limit, or {@code null} without one
	 */
	default @Nullable Integer outputLimit(ChatOptions options) {
		return options.getMaxTokens();
	}

	/**
	 * Returns the options of a call in which no tool may be called any more.
	 * @param options the options of the call
	 * @return changed options
	 */
	default ChatOptions withoutTools(ChatOptions options) {
		return CallRequests.stripped(options);
	}

	/**
	 * Returns how many output tokens thoughts may take before an answer begins.
	 * @param options the options of a call
	 * @return tokens, zero where no thoughts are asked for
	 */
	default int thinkingBudget(ChatOptions options) {
		return 0;
	}

	/**
	 * Returns the options with another limit on output tokens, in the field that they use
	 * already.
	 * @param options the options of a call
	 * @param maxOutputTokens the limit, at least 1
	 * @return changed options
	 */
	default ChatOptions withOutputLimit(ChatOptions options, int maxOutputTokens) {
		return options.mutate().maxTokens(maxOutputTokens).build();
	}

	/**
	 * Takes over what only this provider's options have, and what any server that speaks
	 * the protocol understands.
	 * @param asked the options that a call was built with
	 * @param options the options to take it over into
	 * @return the options, changed or not
	 */
	default ChatOptions sharing(ChatOptions asked, ChatOptions options) {
		return options;
	}

	/**
	 * Returns what only options of this provider hold and {@link #fitted} may leave out,
	 * so that its loss can be reported.
	 * @return how each is read from options of this provider, by its name
	 */
	default Map<String, Function<ChatOptions, @Nullable Object>> refusable() {
		return Map.of();
	}

	/**
	 * Returns the options for a model of this provider: they name it, and leave out what
	 * it refuses.
	 * @param options the options of a call
	 * @param model the name of the model, or of the deployment where the options have one
	 * @return changed options
	 */
	default ChatOptions fitted(ChatOptions options, String model) {
		ChatOptions.Builder<?> builder = options.mutate();
		ModelFamily.of(model).leaveOut(options, builder);
		return builder.model(model).build();
	}

}
