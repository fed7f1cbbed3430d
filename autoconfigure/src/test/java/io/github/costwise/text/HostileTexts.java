package io.github.costwise.text;

import java.util.ArrayList;
import java.util.List;

/** Texts of one or two short parts repeated, which backtracking engines stumble over. */
final class HostileTexts {

	private static final List<String> PARTS = List.of("a", "A", "1", " ", "\n", "`", "\"", "\\", "{", ".", "-",
			"\u4e2d", "\r\n", "\t", "\u0301", "\u00e9", "\ud83d\ude00", "\ud800", "'", "\u2019", "```", "\u201c",
			"\u00ab", "\\\"", "}", "[", "(", "\\boxed{", "\\text{", "\\frac{", "\\sqrt{", "\"answer\":",
			"\"answer\":\"", "code: ", "- ", "1. ", "1,", ":", "/", "_", "@", "$", "%", "\u0001", "<", "http://",
			"retry in ", "retryDelay:", "may 1", "5 of may ", "what ", "is a ", "my b ", "claude-", "gpt-", "arn:/",
			"a.b", "-v1", "_above_1k_tokens", "Ab");

	/** How many of the parts are put together by twos. */
	private static final int PAIRED = 12;

	private HostileTexts() {
	}

	/** The parts, and the first ones by twos. */
	static List<List<String>> all() {
		List<List<String>> all = new ArrayList<>();
		PARTS.forEach((one) -> all.add(List.of(one, "")));
		for (String one : PARTS.subList(0, PAIRED)) {
			PARTS.subList(0, PAIRED).forEach((other) -> all.add(List.of(one, other)));
		}
		return all;
	}

	/**
	 * Two forms to put parts together: by turns, and first all of the one, then of the
	 * other.
	 */
	static List<String> of(List<String> parts, int length) {
		String first = parts.get(0);
		String turns = first + parts.get(1);
		String behind = first.repeat(length / first.length()) + parts.get(1) + "x";
		return List.of(turns.repeat(length / turns.length()), behind);
	}

}
