package io.github.costwise.answer.none;

import java.util.Locale;
import java.util.Set;

/**
 * Forms of texts that are not sentences.
 */
final class Forms {

	private static final int LONGEST_PLACEHOLDER = 24;

	private static final int HEAD = 600;

	private static final Set<String> PLACEHOLDERS = Set.of("", "null", "none", "nil", "undefined", "na", "nan", "{}",
			"[]", "{ }", "[ ]", "[null]", "[{}]", "[[]]", "{{}}", "()", "notfound", "unknown", "noresponse", "noanswer",
			"empty", "void", "[objectobject]", "notavailable", "tbd", "ka", "sd", "nd", "nose", "\u672a\u77e5",
			"\u65e0", "\u306a\u3057", "\u8a72\u5f53\u306a\u3057", "\u4e0d\u660e", "<nil>", "<null>", "<none>",
			"<empty>");

	private Forms() {
	}

	/** What stands within a block of code, where nothing else stands. */
	static String unfenced(String text) {
		String stripped = text.strip();
		if (stripped.length() < 6 || !stripped.startsWith("```") || !stripped.endsWith("```")) {
			return stripped;
		}
		int line = stripped.indexOf('\n');
		return stripped.substring((line < 0) ? 3 : line, stripped.length() - 3).strip();
	}

	/** Whether a text stands for nothing. */
	static boolean isPlaceholder(String text) {
		return text.length() <= LONGEST_PLACEHOLDER && PLACEHOLDERS.contains(bare(text));
	}

	/**
	 * Whether the question speaks of what the text says, so that it may be the answer.
	 */
	static boolean isNamed(String text, String question) {
		String bare = bare(text);
		return bare.length() > 1 && bare(question).contains(bare);
	}

	private static String bare(String text) {
		StringBuilder bare = new StringBuilder();
		for (int i = 0; i < text.length() && i < 2 * HEAD; i++) {
			char c = text.charAt(i);
			if (Character.isLetterOrDigit(c) || "{}[]()<>".indexOf(c) >= 0) {
				bare.append(Character.toLowerCase(c));
			}
		}
		return bare.toString();
	}

	static boolean isJson(String text) {
		return text.startsWith("{") || text.startsWith("[") || text.startsWith("\"");
	}

	static boolean isMarkup(String text) {
		return text.startsWith("<") && text.indexOf('>') > 0;
	}

	/** The title of a page, or the words at its beginning. */
	static String heading(String markup) {
		String head = markup.substring(0, Math.min(2 * HEAD, markup.length()));
		String lower = head.toLowerCase(Locale.ROOT);
		int title = lower.indexOf("<title>");
		int end = lower.indexOf("</title>");
		return (title >= 0 && end > title) ? head.substring(title + 7, end) : words(head);
	}

	private static String words(String markup) {
		StringBuilder words = new StringBuilder();
		boolean tag = false;
		for (int i = 0; i < markup.length() && words.length() < HEAD; i++) {
			char c = markup.charAt(i);
			if (c == '<' || c == '>') {
				tag = c == '<';
				words.append(' ');
			}
			else if (!tag) {
				words.append(c);
			}
		}
		return words.toString();
	}

}
