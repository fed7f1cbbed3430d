package io.github.costwise.pipeline;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.util.StringUtils;

import io.github.costwise.answer.Answer;
import io.github.costwise.answer.AnswerPart;
import io.github.costwise.answer.AnswerReader;
import io.github.costwise.model.AnswerMode;
import io.github.costwise.model.PartKind;

/** What a chunk of a stream brings. */
enum ChunkKind {

	/** Metadata alone, such as usage. */
	METADATA,

	/**
	 * A delta without anything in it. So some clients show the thoughts of a model, which
	 * they do not read.
	 */
	EMPTY,

	/** A thought, or the signature of one, without a text that could be shown. */
	HIDDEN_THOUGHT,

	/** A thought that may be shown and forgotten. */
	THOUGHT,

	/** A thought with a signature that only the model that made it understands. */
	SIGNED_THOUGHT,

	/** Something of the answer. */
	CONTENT;

	static ChunkKind of(@Nullable ChatResponse chunk) {
		if (chunk == null || chunk.getResults().isEmpty()) {
			return METADATA;
		}
		AnswerReader reader = new AnswerReader(AnswerMode.STREAM);
		reader.see(chunk);
		Answer answer = reader.answer();
		if (isContent(answer)) {
			return CONTENT;
		}
		boolean signed = chunk.getResults().stream().anyMatch(ChunkKind::isSigned);
		if (answer.parts().stream().anyMatch(ChunkKind::isShownThought)) {
			return signed ? SIGNED_THOUGHT : THOUGHT;
		}
		return (signed || answer.has(PartKind.THOUGHT)) ? HIDDEN_THOUGHT : EMPTY;
	}

	private static boolean isShownThought(AnswerPart part) {
		return part.kind() == PartKind.THOUGHT && !part.text().isEmpty();
	}

	/** White space waits for what follows it: alone it is no answer. */
	private static boolean isContent(Answer answer) {
		return answer.parts()
			.stream()
			.anyMatch((part) -> part.kind() != PartKind.THOUGHT && part.kind() != PartKind.CITATION
					&& (part.kind() != PartKind.TEXT || !part.text().isBlank()));
	}

	private static boolean isSigned(Generation generation) {
		AssistantMessage output = generation.getOutput();
		return output.getMetadata().get("signature") instanceof String
				|| output.getMetadata().containsKey("thoughtSignatures")
				|| (!StringUtils.hasText(output.getText()) && output.getMetadata().get("data") instanceof String);
	}

}
