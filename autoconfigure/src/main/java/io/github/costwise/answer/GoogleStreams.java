package io.github.costwise.answer;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.RecordedChunk;

/** What Google's client streams: the parts as a call has them, but for signatures. */
final class GoogleStreams {

	private static final Set<String> STREAMED = Set.of("candidateIndex", "finishReason", "isThought");

	private GoogleStreams() {
	}

	static @Nullable List<RecordedChunk> of(RecordedChunk call) {
		boolean plain = call.head().fields().isEmpty() && call.parts()
			.stream()
			.allMatch((part) -> STREAMED.equals(part.message().keySet())
					&& Integer.valueOf(0).equals(part.message().get("candidateIndex")));
		return plain ? call.parts().stream().map((part) -> OtherMode.run(call.head(), part)).toList() : null;
	}

}
