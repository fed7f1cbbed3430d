package io.github.costwise.actuate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads RFC 4180 for tests, strictly: a quote inside an unquoted field or a line break
 * that is not CRLF is an error.
 */
final class Csv {

	private Csv() {
	}

	static List<List<String>> rows(String text) {
		List<List<String>> rows = new ArrayList<>();
		List<String> row = new ArrayList<>();
		int at = 0;
		while (at < text.length()) {
			StringBuilder field = new StringBuilder();
			at = (text.charAt(at) == '"') ? quoted(text, at + 1, field) : plain(text, at, field);
			row.add(field.toString());
			if (text.startsWith("\r\n", at)) {
				rows.add(row);
				row = new ArrayList<>();
				at += 2;
			}
			else if (text.charAt(at) == ',') {
				at++;
			}
			else {
				throw new IllegalArgumentException("Unexpected '" + text.charAt(at) + "' at " + at);
			}
		}
		if (!row.isEmpty()) {
			throw new IllegalArgumentException("The last row has no end");
		}
		return rows;
	}

	static List<Map<String, String>> records(String text) {
		List<List<String>> rows = rows(text);
		List<String> header = rows.get(0);
		return rows.stream().skip(1).map((row) -> record(header, row)).toList();
	}

	private static Map<String, String> record(List<String> header, List<String> row) {
		if (row.size() != header.size()) {
			throw new IllegalArgumentException("A row has " + row.size() + " fields, the header " + header.size());
		}
		Map<String, String> record = new LinkedHashMap<>();
		for (int i = 0; i < row.size(); i++) {
			record.put(header.get(i), row.get(i));
		}
		return record;
	}

	private static int quoted(String text, int start, StringBuilder field) {
		int at = start;
		while (text.charAt(at) != '"' || text.startsWith("\"\"", at)) {
			field.append(text.charAt(at));
			at += (text.charAt(at) == '"') ? 2 : 1;
		}
		return at + 1;
	}

	private static int plain(String text, int start, StringBuilder field) {
		int at = start;
		while (",\r\n\"".indexOf(text.charAt(at)) < 0) {
			field.append(text.charAt(at++));
		}
		return at;
	}

}
