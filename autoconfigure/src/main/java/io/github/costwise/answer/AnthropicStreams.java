package io.github.costwise.answer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.github.costwise.model.PartKind;
import io.github.costwise.model.RecordedChunk;
import io.github.costwise.model.RecordedHead;
import io.github.costwise.model.RecordedPart;

/**
 * What Anthropic's client streams: each block of the provider's message in its order, and
 * a last chunk without text that names the response and holds what was cited. A client
 * whose last message holds the thoughts streams none of their text.
 */
final class AnthropicStreams {

	private static final String MESSAGE = "anthropic-response";

	private static final Set<String> STREAMED = Set.of(MESSAGE, "citations", "citationCount", "web-search-results");

	private AnthropicStreams() {
	}

	static @Nullable List<RecordedChunk> of(RecordedChunk call) {
		Object message = call.head().fields().get(MESSAGE);
		if (message == null || call.parts().isEmpty() || !STREAMED.containsAll(call.head().fields().keySet())) {
			return null;
		}
		List<RecordedChunk> chunks = new ArrayList<>();
		RecordedPart last = call.parts().get(call.parts().size() - 1);
		boolean shown = !last.message().containsKey(MessageFields.THINKING_CONTENTS);
		for (JsonNode block : JsonMapper.shared().readTree(ForeignForms.write(message)).path("content")) {
			add(chunks, block, shown);
		}
		Map<String, Object> fields = new HashMap<>(call.head().fields());
		fields.remove(MESSAGE);
		chunks
			.add(OtherMode.single(new RecordedHead(call.head().id(), call.head().model(), fields), last.withText("")));
		return chunks;
	}

	private static void add(List<RecordedChunk> chunks, JsonNode block, boolean shown) {
		switch (block.path("type").asString("")) {
			case "text" -> addRun(chunks, OtherMode.text(block.path("text").asString("")));
			case "thinking" -> {
				addThought(chunks, block.path("thinking").asString(""), shown);
				chunks.add(unreadable("signature", block.path("signature").asString("")));
			}
			case "redacted_thinking" -> chunks.add(unreadable("data", block.path("data").asString("")));
			default -> {
				// What the client does not stream.
			}
		}
	}

	private static void addThought(List<RecordedChunk> chunks, String text, boolean shown) {
		RecordedPart thought = new RecordedPart(PartKind.THOUGHT, text, Map.of("thinking", true), null);
		if (shown) {
			addRun(chunks, thought);
		}
		else if (!text.isEmpty()) {
			chunks.add(OtherMode.single(RecordedHead.NONE, thought.withText(null)));
		}
	}

	private static void addRun(List<RecordedChunk> chunks, RecordedPart part) {
		if (!String.valueOf(part.text()).isEmpty()) {
			chunks.add(OtherMode.run(RecordedHead.NONE, part));
		}
	}

	private static RecordedChunk unreadable(String field, String value) {
		return OtherMode.single(RecordedHead.NONE,
				new RecordedPart(PartKind.THOUGHT, null, Map.of(field, value), null));
	}

}
