package io.github.costwise.benchmarks.eval.text;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Texts that functions stumble over: one short part again and again, or one thing at the
 * beginning or at the end of it.
 *
 * @since 0.1.0
 */
public final class HostileInputs {

	private static final Map<String, String> PARTS = parts();

	private HostileInputs() {
	}

	private static Map<String, String> parts() {
		Map<String, String> parts = new LinkedHashMap<>();
		parts.put("one letter", "a");
		parts.put("one capital", "A");
		parts.put("digits", "1");
		parts.put("grouped digits", "1,");
		parts.put("columns of digits", "1  ");
		parts.put("blanks", " ");
		parts.put("tabs", "\t");
		parts.put("line breaks", "\n");
		parts.put("blank lines", " \n");
		parts.put("no-break spaces", "\u00a0");
		parts.put("combining marks", "\u0301");
		parts.put("unordered marks", "\u0301\u0316");
		parts.put("letters with marks", "e\u0301\u0316");
		parts.put("composed letters", "\u1ebf");
		parts.put("alternating scripts", "a\u0431\u05d0\u4e2d");
		parts.put("ideographs", "\u4e2d");
		parts.put("hangul", "\u1100\u1161\u11a8");
		parts.put("emoji", "\ud83d\ude00");
		parts.put("joined emoji", "\ud83d\udc69\u200d\ud83d\udcbb");
		parts.put("lone surrogates", "\ud800");
		parts.put("double quotes", "\"");
		parts.put("apostrophes", "'");
		parts.put("opening quotes", "\u201c");
		parts.put("angle quotes", "\u00ab");
		parts.put("back ticks", "`");
		parts.put("fences", "```\n");
		parts.put("backslashes", "\\");
		parts.put("escaped quotes", "\\\"");
		parts.put("braces", "{");
		parts.put("brackets", "[");
		parts.put("nested objects", "{\"a\":");
		parts.put("parentheses", "(");
		parts.put("boxes", "\\boxed{");
		parts.put("fractions", "\\frac{");
		parts.put("fields", "\"answer\":\"");
		parts.put("codes", "code: ");
		parts.put("full stops", ".");
		parts.put("list marks", "1. ");
		parts.put("bullets", "- ");
		parts.put("addresses", "http://");
		parts.put("dates", "may 1 ");
		parts.put("words", "is what my now ");
		parts.put("joined words", "a-b_c.");
		parts.put("control characters", "\u0001");
		return parts;
	}

	/**
	 * Returns every text of a length.
	 * @param length how many characters each has
	 * @return texts by what they are
	 */
	public static Map<String, String> of(int length) {
		Map<String, String> texts = new LinkedHashMap<>();
		PARTS.forEach((name, part) -> {
			String repeated = part.repeat(length / part.length() + 1);
			texts.put(name, repeated.substring(0, length));
			texts.put(name + " before a letter", repeated.substring(0, length - 1) + "x");
		});
		texts.put("one letter in a box", "\\boxed{" + "a".repeat(length - 8) + "}");
		return texts;
	}

}
