package io.github.costwise.model;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An answer that can be given again as its client gave it. Immutable.
 *
 * @param mode how it was asked for
 * @param client the client that returned it
 * @param chunks what the client returned: one for a call
 * @since 0.1.0
 */
public record RecordedAnswer(AnswerMode mode, ClientKind client, List<RecordedChunk> chunks) {

	/**
	 * Copies the chunks.
	 * @throws IllegalArgumentException if there is none
	 */
	public RecordedAnswer {
		chunks = List.copyOf(chunks);
		if (chunks.isEmpty()) {
			throw new IllegalArgumentException("An answer has at least one part");
		}
	}

	/**
	 * Returns the answer to a call that is nothing but a text.
	 * @param text the text
	 * @return the answer, which no client has returned
	 */
	public static RecordedAnswer of(String text) {
		RecordedPart part = new RecordedPart(PartKind.TEXT, text, Map.of(), new RecordedEnd("STOP", Map.of()));
		return new RecordedAnswer(AnswerMode.CALL, ClientKind.OTHER,
				List.of(new RecordedChunk(RecordedHead.NONE, List.of(part), false)));
	}

	/**
	 * Returns all parts in their order.
	 * @return the parts
	 */
	public Stream<RecordedPart> parts() {
		return this.chunks.stream().flatMap((chunk) -> chunk.parts().stream());
	}

	/**
	 * Returns the text without thoughts.
	 * @return the text, possibly empty; that of several alternatives one after another
	 */
	public String text() {
		return parts().filter((part) -> part.kind() == PartKind.TEXT)
			.map(RecordedPart::text)
			.filter(Objects::nonNull)
			.collect(Collectors.joining());
	}

	/**
	 * Names the answer without its text.
	 * @return the mode, client and number of chunks
	 */
	@Override
	public String toString() {
		return "RecordedAnswer[mode=" + this.mode + ", client=" + this.client + ", chunks=" + this.chunks.size() + "]";
	}

}
