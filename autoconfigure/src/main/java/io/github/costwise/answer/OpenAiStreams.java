package io.github.costwise.answer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.ClientKind;
import io.github.costwise.model.PartKind;
import io.github.costwise.model.RecordedChunk;
import io.github.costwise.model.RecordedEnd;
import io.github.costwise.model.RecordedPart;

/**
 * What OpenAI's client streams. It tells finish reasons by constants of the provider's
 * library, knows none but in the last chunk, and leaves out annotations. Whether it
 * streams thoughts depends on its version.
 */
final class OpenAiStreams {

	private static final String REASON = "com.openai.models.chat.completions.ChatCompletion$Choice$FinishReason$Value";

	private static final String NONE = "_UNKNOWN";

	private static final Set<String> STREAMED = Set.of("created");

	private OpenAiStreams() {
	}

	static @Nullable List<RecordedChunk> of(RecordedChunk call) {
		if (call.parts().size() != 1 || !STREAMED.equals(call.head().fields().keySet())) {
			return null;
		}
		RecordedPart part = call.parts().get(0);
		RecordedEnd end = part.end();
		boolean thought = !"".equals(part.message().get(ClientForms.OPENAI_THOUGHT));
		if (thought || end == null || end.finishReason() == null || !end.fields().isEmpty()) {
			return null;
		}
		List<RecordedChunk> chunks = new ArrayList<>();
		if (part.text() != null && !part.text().isEmpty()) {
			chunks.add(OtherMode.run(call.head(), part(part, part.text(), "", null)));
		}
		String refusal = String.valueOf(part.message().get("refusal"));
		if (!refusal.isEmpty()) {
			chunks.add(OtherMode.single(call.head(), part(part, "", refusal, null)));
		}
		chunks.add(OtherMode.single(call.head(), part(part, "", "", end.finishReason())));
		return chunks;
	}

	private static RecordedPart part(RecordedPart call, String text, String refusal, @Nullable String reason) {
		Map<String, Object> fields = new HashMap<>(call.message());
		fields.put("role", "assistant");
		fields.put("finishReason", ForeignForms.read(REASON, (reason != null) ? reason : NONE));
		fields.put("refusal", refusal);
		fields.put("annotations", List.of());
		return new RecordedPart(PartKind.TEXT, text, fields, new RecordedEnd(reason, Map.of()));
	}

}
