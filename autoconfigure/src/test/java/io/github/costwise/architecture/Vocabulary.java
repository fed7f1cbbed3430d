package io.github.costwise.architecture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words that are not used, each with what is used in its place. The terms themselves
 * stand in {@code docs/glossary.md}.
 */
final class Vocabulary {

	private static final Map<Pattern, String> BANNED = new LinkedHashMap<>();

	static {
		ban("ways?", "route, target or how");
		ban("(?:takes?|took|taking) note", "records");
		ban("(?:is|are|was|were|be|been|being) told", "is notified, receives or is called with");
		ban("whom", "owner, or what a cost is attributed to");
		ban("anew", "again");
		ban("dearer", "more expensive");
		ban("dearest", "most expensive");
		ban("(?:sends?|sent|sending) the bill", "billing provider");
		ban("left alone|leaves? (?:it|them|those|others) alone", "ignored, unchanged or circuit open");
		ban("time ha[sd] passed", "expired or stale");
		ban("out of order", "unavailable");
	}

	private Vocabulary() {
	}

	private static void ban(String words, String instead) {
		BANNED.put(Pattern.compile("\\b(?:" + words.replace(" ", "\\s+") + ")\\b", Pattern.CASE_INSENSITIVE), instead);
	}

	/**
	 * Returns what is wrong with a text, whose lines may break anywhere.
	 * @param text the text
	 * @return a line for each banned word in it
	 */
	static List<String> problems(String text) {
		List<String> problems = new ArrayList<>();
		BANNED.forEach((banned, instead) -> {
			Matcher matcher = banned.matcher(text);
			while (matcher.find()) {
				problems.add("'" + around(text, matcher) + "': use " + instead);
			}
		});
		return problems;
	}

	/**
	 * Returns the words of a name.
	 * @param identifier the name, in camel case or with underscores
	 * @return its words in lower case
	 */
	static String words(String identifier) {
		return identifier.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_", " ").toLowerCase(Locale.ROOT);
	}

	private static String around(String text, Matcher matcher) {
		int start = Math.max(0, matcher.start() - 30);
		int end = Math.min(text.length(), matcher.end() + 30);
		return text.substring(start, end).replaceAll("\\s+", " ").strip();
	}

}
