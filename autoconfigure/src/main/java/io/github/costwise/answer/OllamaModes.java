package io.github.costwise.answer;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.PartKind;
import io.github.costwise.model.RecordedChunk;
import io.github.costwise.model.RecordedEnd;
import io.github.costwise.model.RecordedHead;
import io.github.costwise.model.RecordedPart;

/**
 * What Ollama's client streams: pieces without an end, and a last chunk that says of the
 * whole what the answer to a call says. A thought comes in pieces that only a stream has.
 */
final class OllamaModes {

	private static final String THOUGHT = "thinking";

	private static final String MOMENT = "created-at";

	private static final String DONE = "done";

	private OllamaModes() {
	}

	static @Nullable List<RecordedChunk> stream(RecordedChunk call) {
		RecordedPart part = (call.parts().size() == 1) ? call.parts().get(0) : null;
		Object moment = call.head().fields().get(MOMENT);
		if (part == null || part.text() == null || moment == null || !part.message().isEmpty() || part.end() == null) {
			return null;
		}
		RecordedHead before = new RecordedHead("", call.head().model(),
				Map.of(MOMENT, moment, DONE, false, "eval-count", 0, "prompt-eval-count", 0));
		return List.of(OtherMode.run(before, OtherMode.text(part.text())),
				OtherMode.single(call.head(), part.withText("")));
	}

	static @Nullable List<RecordedChunk> call(List<RecordedChunk> stream) {
		RecordedChunk last = stream.get(stream.size() - 1);
		boolean whole = Boolean.TRUE.equals(last.head().fields().get(DONE))
				&& stream.stream().allMatch((chunk) -> chunk.parts().size() == 1);
		RecordedEnd end = whole ? last.parts().get(0).end() : null;
		if (end == null) {
			return null;
		}
		String text = joined(stream.stream().map((chunk) -> chunk.parts().get(0).text()));
		boolean thought = stream.stream().anyMatch((chunk) -> chunk.parts().get(0).message().containsKey(THOUGHT));
		Map<String, Object> fields = thought
				? Map.of(THOUGHT, joined(stream.stream().map((chunk) -> chunk.parts().get(0).message().get(THOUGHT))))
				: Map.of();
		RecordedPart part = new RecordedPart(PartKind.TEXT, text, fields, new RecordedEnd(end.finishReason(), fields));
		return List.of(OtherMode.single(last.head(), part));
	}

	private static String joined(Stream<?> texts) {
		return texts.filter(Objects::nonNull).map(Object::toString).collect(Collectors.joining());
	}

}
