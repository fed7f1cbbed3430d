package io.github.costwise.advisor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.model.MessageAggregator;

import io.github.costwise.answer.ForeignForms;

/**
 * Every field of what a client returned, as text to compare: all but usage, limits of
 * rate and what Costwise adds.
 */
final class GivenFields {

	private static final Pattern THOUGHT = Pattern.compile("reasoningContent='(.*)(?=', refusal=)", Pattern.DOTALL);

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

	/**
	 * A stream part by part: neighbours that differ by their text only are one, and so
	 * are those without text whose thought grows.
	 */
	static List<String> parts(List<ChatResponse> chunks) {
		List<String> kinds = new ArrayList<>();
		List<StringBuilder> texts = new ArrayList<>();
		for (ChatResponse chunk : chunks) {
			for (Generation generation : chunk.getResults()) {
				String text = generation.getOutput().getText();
				String kind = head(chunk) + of(generation, false) + ((text == null) ? " without" : "");
				int last = kinds.size() - 1;
				if (last >= 0 && "".equals(text) && texts.get(last).isEmpty() && isGrown(kinds.get(last), kind)) {
					kinds.set(last, kind);
				}
				else if (last < 0 || !kinds.get(last).equals(kind)) {
					kinds.add(kind);
					texts.add(new StringBuilder());
				}
				texts.get(texts.size() - 1).append((text != null) ? text : "");
			}
		}
		List<String> parts = new ArrayList<>();
		for (int i = 0; i < kinds.size(); i++) {
			parts.add(kinds.get(i) + " " + texts.get(i));
		}
		return parts;
	}

	private static boolean isGrown(String kind, String next) {
		String before = THOUGHT.matcher(kind).replaceFirst("");
		return !before.equals(kind) && before.equals(THOUGHT.matcher(next).replaceFirst(""))
				&& thought(next).startsWith(thought(kind));
	}

	private static String thought(String kind) {
		Matcher matcher = THOUGHT.matcher(kind);
		return matcher.find() ? matcher.group(1) : "";
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
				+ " " + reason(end) + " " + (end == ChatGenerationMetadata.NULL) + " " + text(beside) + "]";
	}

	/** Up to Spring AI 2.0.0, a delta of OpenAI has a reason that says it has none. */
	private static @Nullable String reason(ChatGenerationMetadata end) {
		return "_UNKNOWN".equals(end.getFinishReason()) ? null : end.getFinishReason();
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
		if (value instanceof Record) {
			text = ForeignForms.write(value);
		}
		return (value instanceof String) ? "'" + text + "'" : typed(value, text);
	}

	private static String typed(@Nullable Object value, String text) {
		return (value == null) ? text : value.getClass().getSimpleName() + ":" + text;
	}

}
