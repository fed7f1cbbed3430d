package io.github.costwise.advisor;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.prompt.ChatOptions;

import io.github.costwise.pricing.ServiceTier;

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
	 * Returns the processing class that the request asks for.
	 * @param options the options of a call
	 * @return the processing class, or {@code null} when none is asked for
	 */
	default @Nullable ServiceTier requestedTier(ChatOptions options) {
		return null;
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

}
