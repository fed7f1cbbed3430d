package io.github.costwise.pipeline;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatResponse;

/**
 * Ends the stream of one attempt as soon as the rest of it is of no use. It gets chunks
 * one after another.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface EarlyEnd {

	/**
	 * Returns whether an answer is to end.
	 * @param chunk the chunk that came last; it is still passed on
	 * @return the finish reason that the caller gets, or {@code null} to go on
	 */
	@Nullable String after(ChatResponse chunk);

}
