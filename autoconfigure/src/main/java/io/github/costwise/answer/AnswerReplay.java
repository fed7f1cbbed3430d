package io.github.costwise.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

import io.github.costwise.model.RecordedAnswer;
import io.github.costwise.model.RecordedChunk;
import io.github.costwise.model.RecordedEnd;
import io.github.costwise.model.RecordedHead;
import io.github.costwise.model.RecordedPart;

/**
 * Gives recorded answers again, as their client gave them but without usage. Thread-safe.
 *
 * @since 0.1.0
 */
public final class AnswerReplay {

	private static final int PIECE = 80;

	private AnswerReplay() {
	}

	/**
	 * Gives an answer again.
	 * @param answer the answer
	 * @param added fields that each response has besides its own
	 * @return one response for a call, chunks for a stream; what came in pieces is cut
	 * into pieces of some words
	 */
	public static List<ChatResponse> responses(RecordedAnswer answer, Map<String, Object> added) {
		List<ChatResponse> responses = new ArrayList<>(answer.chunks().size());
		for (RecordedChunk chunk : answer.chunks()) {
			ChatResponseMetadata metadata = metadata(chunk.head(), added);
			if (chunk.run()) {
				addPieces(responses, chunk.parts().get(0), metadata);
			}
			else {
				responses.add(new ChatResponse(generations(chunk.parts()), metadata));
			}
		}
		return responses;
	}

	private static List<Generation> generations(List<RecordedPart> parts) {
		List<Generation> generations = new ArrayList<>(parts.size());
		for (RecordedPart part : parts) {
			generations.add(generation(part));
		}
		return generations;
	}

	private static void addPieces(List<ChatResponse> responses, RecordedPart run, ChatResponseMetadata metadata) {
		String text = (run.text() != null) ? run.text() : "";
		int from = 0;
		do {
			int to = end(text, from);
			responses.add(new ChatResponse(List.of(generation(run.withText(text.substring(from, to)))), metadata));
			from = to;
		}
		while (from < text.length());
	}

	/** Pieces end after a space, so that no word and no surrogate pair is cut. */
	private static int end(String text, int from) {
		int to = Math.min(text.length(), from + PIECE);
		while (to < text.length() && text.charAt(to - 1) != ' ' && text.charAt(to - 1) != '\n') {
			to++;
		}
		return to;
	}

	private static Generation generation(RecordedPart part) {
		AssistantMessage message = AssistantMessage.builder().content(part.text()).properties(part.message()).build();
		return new Generation(message, metadata(part.end()));
	}

	/** Spring AI's aggregation tells this constant from metadata that say nothing. */
	private static ChatGenerationMetadata metadata(@Nullable RecordedEnd end) {
		return (end == null) ? ChatGenerationMetadata.NULL
				: ChatGenerationMetadata.builder().finishReason(end.finishReason()).metadata(end.fields()).build();
	}

	private static ChatResponseMetadata metadata(RecordedHead head, Map<String, Object> added) {
		return ChatResponseMetadata.builder()
			.id(head.id())
			.model(head.model())
			.usage(new DefaultUsage(0, 0, 0))
			.metadata(head.fields())
			.metadata(added)
			.build();
	}

}
