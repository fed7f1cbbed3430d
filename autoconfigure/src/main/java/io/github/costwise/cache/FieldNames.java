package io.github.costwise.cache;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Names that occur in many entries, which are written as their place in this list. Names
 * are added at its end only, since entries hold the places.
 */
final class FieldNames {

	private static final List<String> NAMES = List.of("CALL", "STREAM", "OPENAI", "ANTHROPIC", "GOOGLE", "OLLAMA",
			"OTHER", "TEXT", "THOUGHT", "id", "role", "index", "finishReason", "refusal", "annotations",
			"reasoningContent", "created", "assistant", "STOP", "_UNKNOWN", "stop", "end_turn", "stop_sequence",
			"signature", "thinking", "data", "anthropic-response", "citations", "citationCount", "web-search-results",
			"com.anthropic.models.messages.Message", "org.springframework.ai.anthropic.Citation",
			"org.springframework.ai.anthropic.AnthropicWebSearchResult",
			"com.openai.models.chat.completions.ChatCompletionMessage$Annotation",
			"com.openai.models.chat.completions.ChatCompletion$Choice$FinishReason$Value",
			"com.google.genai.types.FinishReason", "candidateIndex", "isThought", "thoughtSignatures",
			"serverSideToolInvocations", "created-at", "done", "eval-count", "eval-duration", "load-duration",
			"prompt-eval-count", "prompt-eval-duration", "total-duration", "AUTO", "LIGHT", "STANDARD", "PREMIUM",
			"INPUT", "CACHE_READ", "CACHE_WRITE_5M", "CACHE_WRITE_1H", "OUTPUT", "OUTPUT_REASONING");

	private static final Map<String, Integer> PLACES = places();

	private FieldNames() {
	}

	private static Map<String, Integer> places() {
		Map<String, Integer> places = new HashMap<>();
		for (String name : NAMES) {
			places.put(name, places.size() + 1);
		}
		return places;
	}

	static void write(String name, BodyWriter out) {
		int place = place(name);
		out.number(place);
		if (place == 0) {
			out.text(name);
		}
	}

	static String read(BodyReader in) {
		long place = in.number();
		String name = (place == 0) ? in.text() : at(place);
		if (name == null) {
			throw BodyReader.damaged();
		}
		return name;
	}

	/** The place of a name, from 1; 0 when it is not on the list. */
	static int place(String name) {
		return PLACES.getOrDefault(name, 0);
	}

	static @Nullable String at(long place) {
		return (place > 0 && place <= NAMES.size()) ? NAMES.get((int) place - 1) : null;
	}

}
