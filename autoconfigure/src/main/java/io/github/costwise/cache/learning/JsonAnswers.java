package io.github.costwise.cache.learning;

import java.util.function.BiPredicate;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.github.costwise.text.JsonText;
import io.github.costwise.text.TextMatch;
import io.github.costwise.text.TextPattern;

/**
 * Answers that are JSON. Thread-safe.
 */
final class JsonAnswers {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.build();

	private static final TextPattern FENCED = TextPattern.of("```(?:json|JSON)?\\s*+([^`]++)```");

	private JsonAnswers() {
	}

	/**
	 * Reads an answer.
	 * @param answer the answer
	 * @return the object or array that it is, alone or as the only block of code, or
	 * {@code null}
	 */
	static @Nullable JsonNode read(String answer) {
		String text = answer.strip();
		TextMatch fenced = FENCED.whole(text);
		if (fenced != null) {
			text = fenced.get(1).strip();
		}
		if (!text.startsWith("{") && !text.startsWith("[")) {
			return null;
		}
		try {
			return JsonText.read(MAPPER, text);
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	/**
	 * Compares two values: numbers by their value, properties in any order.
	 * @param one a value
	 * @param other the other value
	 * @param texts compares strings
	 * @return whether they are the same
	 */
	static boolean same(JsonNode one, JsonNode other, BiPredicate<String, String> texts) {
		if (one.isNumber() && other.isNumber()) {
			return one.decimalValue().compareTo(other.decimalValue()) == 0;
		}
		if (one.isString() && other.isString()) {
			return texts.test(one.asString(), other.asString());
		}
		if (one.isObject() && other.isObject()) {
			return one.size() == other.size() && one.propertyStream()
				.allMatch((property) -> other.has(property.getKey())
						&& same(property.getValue(), other.path(property.getKey()), texts));
		}
		return (one.isArray() && other.isArray()) ? sameElements(one, other, texts) : one.equals(other);
	}

	private static boolean sameElements(JsonNode one, JsonNode other, BiPredicate<String, String> texts) {
		boolean same = one.size() == other.size();
		for (int i = 0; same && i < one.size(); i++) {
			same = same(one.path(i), other.path(i), texts);
		}
		return same;
	}

}
