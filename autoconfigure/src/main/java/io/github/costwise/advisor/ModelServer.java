package io.github.costwise.advisor;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatModel;

/**
 * Reads from chat models which server they ask. Thread-safe.
 *
 * @since 0.1.0
 */
public interface ModelServer {

	/**
	 * Reads which server a chat model asks.
	 * @param model a chat model, no proxy
	 * @param streamed whether for streams, which some clients send elsewhere
	 * @return the address and, in further lines, whatever else tells the server from
	 * others, which may hold secrets and is only to be digested; {@code null} when this
	 * reader does not know the model
	 * @throws RuntimeException if it knows the model and cannot read it
	 */
	@Nullable String address(ChatModel model, boolean streamed);

}
