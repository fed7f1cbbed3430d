package io.github.costwise.advisor;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.util.StringUtils;

/** Tells which chunks of a stream look like its last one. */
final class LastChunk {

	private LastChunk() {
	}

	/** Usage that stands before any content is that of a prompt. */
	static boolean mayBe(@Nullable ChatResponse chunk, boolean isFirst) {
		if (chunk == null) {
			return false;
		}
		Generation generation = chunk.getResult();
		if (generation == null) {
			return !isFirst && isUsed(chunk.getMetadata().getUsage());
		}
		return StringUtils.hasText(generation.getMetadata().getFinishReason());
	}

	/** Usage of an application's own may have no numbers. */
	private static boolean isUsed(@Nullable Usage usage) {
		@Nullable Integer total = (usage != null) ? usage.getTotalTokens() : null;
		return total != null && total > 0;
	}

}
