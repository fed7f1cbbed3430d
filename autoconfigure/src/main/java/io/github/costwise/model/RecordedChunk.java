package io.github.costwise.model;

import java.util.List;

/**
 * A response as a client returned it: the whole answer to a call, a chunk of a stream, or
 * a run of chunks that differ by their text only. Immutable.
 *
 * @param head what was said of the whole
 * @param parts the generations
 * @param run whether the text came in pieces
 * @since 0.1.0
 */
public record RecordedChunk(RecordedHead head, List<RecordedPart> parts, boolean run) {

	/** Copies the parts. */
	public RecordedChunk {
		parts = List.copyOf(parts);
	}

}
