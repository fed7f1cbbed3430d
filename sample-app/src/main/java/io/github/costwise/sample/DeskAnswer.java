package io.github.costwise.sample;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatResponse;

import io.github.costwise.CacheMetadata;

/**
 * An answer, and where it comes from.
 *
 * @param text the answer
 * @param hit id of the cache hit, or {@code null} when the model was asked
 */
record DeskAnswer(String text, @Nullable String hit) {

	static DeskAnswer of(@Nullable ChatResponse response) {
		if (response == null || response.getResult() == null) {
			return new DeskAnswer("", null);
		}
		return new DeskAnswer(Objects.requireNonNullElse(response.getResult().getOutput().getText(), ""),
				response.getMetadata().get(CacheMetadata.HIT));
	}

}
