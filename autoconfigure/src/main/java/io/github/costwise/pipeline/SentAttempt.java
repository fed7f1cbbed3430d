package io.github.costwise.pipeline;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * The attempt that was sent last: how far its stream came, and whether it was ended
 * early. Chunks come one after another.
 */
final class SentAttempt {

	private final Attempt attempt;

	private final AttemptProgress progress;

	private final @Nullable EarlyEnd watch;

	private volatile @Nullable ChatResponse ending;

	SentAttempt(Attempt attempt, AttemptProgress progress, @Nullable EarlyEnd watch) {
		this.attempt = attempt;
		this.progress = progress;
		this.watch = watch;
	}

	Attempt attempt() {
		return this.attempt;
	}

	AttemptProgress progress() {
		return this.progress;
	}

	/** Returns whether the rest of the answer is of no use. */
	boolean endsAfter(@Nullable ChatResponse chunk) {
		if (this.watch == null || chunk == null || this.ending != null) {
			return false;
		}
		String reason = this.watch.after(chunk);
		if (reason != null) {
			ChatResponse last = last(chunk.getMetadata(), reason);
			this.attempt.meter().see(last);
			this.ending = last;
		}
		return reason != null;
	}

	private static ChatResponse last(ChatResponseMetadata told, String reason) {
		Generation end = new Generation(new AssistantMessage(""),
				ChatGenerationMetadata.builder().finishReason(reason).build());
		return new ChatResponse(List.of(end),
				ChatResponseMetadata.builder().id(told.getId()).model(told.getModel()).build());
	}

	@Nullable ChatResponse ending() {
		return this.ending;
	}

}
