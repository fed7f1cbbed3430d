package io.github.costwise.answer;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.AnswerMode;
import io.github.costwise.model.ClientKind;
import io.github.costwise.model.PartKind;
import io.github.costwise.model.RecordedAnswer;
import io.github.costwise.model.RecordedChunk;
import io.github.costwise.model.RecordedHead;
import io.github.costwise.model.RecordedPart;

/**
 * Makes of an answer to a call what the same client would have streamed, and the reverse,
 * wherever that is certain. Thread-safe.
 *
 * @since 0.1.0
 */
public final class OtherMode {

	private OtherMode() {
	}

	/**
	 * Returns an answer as the client would have given it in a mode. The table:
	 * <ul>
	 * <li>OpenAI: a stream from a call of one choice without a thought, less the
	 * annotations that the client leaves out of streams; no call from a stream, for the
	 * same reason.
	 * <li>Anthropic: a stream from a call, by the blocks of the provider's message; no
	 * call from a stream, which lacks that message.
	 * <li>Google: a stream from a call of one candidate without signatures and tools of
	 * the server.
	 * <li>Ollama: a stream from a call without a thought; a call from a stream.
	 * <li>Other clients: neither.
	 * </ul>
	 * @param answer the answer
	 * @param mode how it is asked for
	 * @return the answer in that mode, or {@code null} where it is unknown
	 */
	public static @Nullable RecordedAnswer of(RecordedAnswer answer, AnswerMode mode) {
		if (answer.mode() == mode) {
			return answer;
		}
		List<RecordedChunk> chunks = (mode == AnswerMode.STREAM) ? stream(answer) : call(answer);
		return (chunks != null) ? new RecordedAnswer(mode, answer.client(), chunks) : null;
	}

	private static @Nullable List<RecordedChunk> stream(RecordedAnswer answer) {
		RecordedChunk call = answer.chunks().get(0);
		return switch (answer.client()) {
			case OPENAI -> OpenAiStreams.of(call);
			case ANTHROPIC -> AnthropicStreams.of(call);
			case GOOGLE -> GoogleStreams.of(call);
			case OLLAMA -> OllamaModes.stream(call);
			case OTHER -> null;
		};
	}

	private static @Nullable List<RecordedChunk> call(RecordedAnswer answer) {
		return (answer.client() == ClientKind.OLLAMA) ? OllamaModes.call(answer.chunks()) : null;
	}

	/** A chunk of one part that a stream would have had in pieces. */
	static RecordedChunk run(RecordedHead head, RecordedPart part) {
		return new RecordedChunk(head, List.of(part), true);
	}

	static RecordedChunk single(RecordedHead head, RecordedPart part) {
		return new RecordedChunk(head, List.of(part), false);
	}

	static RecordedPart text(String text) {
		return new RecordedPart(PartKind.TEXT, text, Map.of(), null);
	}

}
