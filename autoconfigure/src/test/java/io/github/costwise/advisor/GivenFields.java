package io.github.costwise.advisor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.model.MessageAggregator;

/**
 * Every field of what a client returned, as text to compare: all but usage, limits of
 * rate and what Costwise adds.
 */
final class GivenFields {

	private GivenFields() {
	}

	static String of(ChatResponse response) {
		return head(response) + response.getResults().stream().map((generation) -> of(generation, true)).toList();
	}

	/** A stream as Spring AI puts it together. */
	static String aggregated(List<ChatResponse> chunks) {
		AtomicReference<@Nullable ChatResponse> whole = new AtomicReference<>();
		new MessageAggregator().aggregate(Flux.fromIterable(chunks), whole::set).blockLast();
		return of(whole.get());
	}

	/** A stream part by part: neighbours that differ by their text only are one. */
	static List<String> parts(List<ChatResponse> chunks) {
		List<String> kinds = new ArrayList<>();
		List<StringBuilder> texts = new ArrayList<>();
		for (ChatResponse chunk : chunks) {
			for (Generation generation : chunk.getResults()) {
				String text = generation.getOutput().getText();
				String kind = head(chunk) + of(generation, false) + ((text == null) ? " without" : "");
				if (kinds.isEmpty() || !kinds.get(kinds.size() - 1).equals(kind)) {
					kinds.add(kind);
					texts.add(new StringBuilder());
				}
				texts.get(texts.size() - 1).append(text);
			}
		}
		List<String> parts = new ArrayList<>();
		for (int i = 0; i < kinds.size(); i++) {
			parts.add(kinds.get(i) + " " + texts.get(i));
		}
		return parts;
	}

	private static String head(ChatResponse response) {
		Map<String, Object> fields = response.getMetadata()
			.entrySet()
			.stream()
			.filter((entry) -> !entry.getKey().startsWith("costwise."))
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
		return response.getMetadata().getId() + " " + response.getMetadata().getModel() + " " + text(fields);
	}

	private static String of(Generation generation, boolean text) {
		ChatGenerationMetadata end = generation.getMetadata();
		Map<String, Object> beside = end.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
		return "[" + (text ? generation.getOutput().getText() + " " : "") + text(generation.getOutput().getMetadata())
				+ " " + end.getFinishReason() + " " + (end == ChatGenerationMetadata.NULL) + " " + text(beside) + "]";
	}

	private static String text(@Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			Map<String, String> sorted = new TreeMap<>();
			map.forEach((key, element) -> sorted.put(String.valueOf(key), text(element)));
			return sorted.toString();
		}
		if (value instanceof Collection<?> values) {
			return values.stream().map(GivenFields::text).toList().toString();
		}
		String text = (value instanceof byte[] bytes) ? HexFormat.of().formatHex(bytes) : String.valueOf(value);
		return (value instanceof String) ? "'" + text + "'" : typed(value, text);
	}

	private static String typed(@Nullable Object value, String text) {
		return (value == null) ? text : value.getClass().getSimpleName() + ":" + text;
	}

}
