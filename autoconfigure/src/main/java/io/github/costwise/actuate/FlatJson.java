package io.github.costwise.actuate;

import java.util.Map;
import java.util.StringJoiner;

/**
 * Writes a flat object of texts as JSON, for the one column that holds one.
 */
final class FlatJson {

	private FlatJson() {
	}

	static String object(Map<String, String> values) {
		StringJoiner members = new StringJoiner(",", "{", "}");
		values.forEach((name, value) -> members.add(quote(name) + ":" + quote(value)));
		return members.toString();
	}

	private static String quote(String text) {
		StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
		for (int i = 0; i < text.length(); i++) {
			char next = text.charAt(i);
			if (next == '"' || next == '\\') {
				quoted.append('\\').append(next);
			}
			else if (next < ' ') {
				quoted.append(String.format("\\u%04x", (int) next));
			}
			else {
				quoted.append(next);
			}
		}
		return quoted.append('"').toString();
	}

}
