package io.github.costwise.advisor;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * Puts a streamed answer together. An answer of several generations, of tool calls or
 * with media comes out empty, so that it is not stored. Not thread-safe.
 */
final class StreamedAnswer {

	private final StringBuilder text = new StringBuilder();

	private @Nullable String finishReason;

	private boolean plain = true;

	void see(ChatResponse response) {
		List<Generation> generations = response.getResults();
		if (generations.size() > 1) {
			this.plain = false;
		}
		else if (!generations.isEmpty()) {
			see(generations.get(0));
		}
	}

	private void see(Generation generation) {
		AssistantMessage output = generation.getOutput();
		this.plain &= !output.hasToolCalls() && output.getMedia().isEmpty();
		if (output.getText() != null) {
			this.text.append(output.getText());
		}
		String reason = generation.getMetadata().getFinishReason();
		if (reason != null && !reason.isEmpty()) {
			this.finishReason = reason;
		}
	}

	List<Generation> toGenerations() {
		if (!this.plain) {
			return List.of();
		}
		ChatGenerationMetadata metadata = (this.finishReason != null)
				? ChatGenerationMetadata.builder().finishReason(this.finishReason).build()
				: ChatGenerationMetadata.NULL;
		return List.of(new Generation(new AssistantMessage(this.text.toString()), metadata));
	}

}
