package io.github.costwise.accounting.jdbc;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import io.github.costwise.jdbc.StorableText;
import io.github.costwise.model.CallRecord.HttpAttempt;

/**
 * JSON text of tags and attempts.
 */
final class RowJson {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private static final TypeReference<Map<String, String>> TAGS = new TypeReference<>() {
	};

	private static final TypeReference<List<AttemptJson>> ATTEMPTS = new TypeReference<>() {
	};

	private static final String TEXT = "\"(?:[^\"\\\\]|\\\\.)*\"";

	private RowJson() {
	}

	static String tags(Map<String, String> tags) {
		return tags.isEmpty() ? "{}" : MAPPER.writeValueAsString(new TreeMap<>(tags));
	}

	static Map<String, String> tags(String json) {
		return json.equals("{}") ? Map.of() : MAPPER.readValue(json, TAGS);
	}

	/**
	 * Returns a regular expression whose first group is the value of a tag, as it stands
	 * escaped in the text of all tags. It reads the text from its begin, so that no part
	 * of a name or value is taken for a tag. Both databases read it alike.
	 * @param name the name of the tag
	 * @return the expression
	 */
	static String tagPattern(String name) {
		StringBuilder literal = new StringBuilder();
		escaped(name).codePoints().forEach((c) -> {
			boolean special = c < 128 && !Character.isLetterOrDigit(c);
			literal.append(special ? "\\" : "").appendCodePoint(c);
		});
		return "(?s)^\\{(?:" + TEXT + ":" + TEXT + ",)*?\"" + literal + "\":\"((?:[^\"\\\\]|\\\\.)*)\"";
	}

	/** The content of a text in JSON as it is stored. */
	static String escaped(String text) {
		String quoted = clean(MAPPER.writeValueAsString(text));
		return quoted.substring(1, quoted.length() - 1);
	}

	static String unescaped(String content) {
		return (content.indexOf('\\') < 0) ? content : MAPPER.readValue("\"" + content + "\"", String.class);
	}

	static String attempts(List<HttpAttempt> attempts) {
		return attempts.isEmpty() ? "[]" : MAPPER.writeValueAsString(attempts.stream().map(AttemptJson::of).toList());
	}

	static List<HttpAttempt> attempts(String json) {
		return json.equals("[]") ? List.of()
				: MAPPER.readValue(json, ATTEMPTS).stream().map(AttemptJson::toAttempt).toList();
	}

	/**
	 * Replaces what PostgreSQL does not take in a text: the NUL character and halves of
	 * surrogate pairs.
	 * @param text any text
	 * @return the text with such characters replaced by a question mark
	 */
	static String clean(String text) {
		return StorableText.of(text);
	}

	/** An attempt with its unit in the name. */
	private record AttemptJson(int number, int status, long latencyNanos, String outcome) {

		private static AttemptJson of(HttpAttempt attempt) {
			return new AttemptJson(attempt.number(), attempt.status(), attempt.latency().toNanos(), attempt.outcome());
		}

		private HttpAttempt toAttempt() {
			return new HttpAttempt(this.number, this.status, Duration.ofNanos(this.latencyNanos), this.outcome);
		}

	}

}
