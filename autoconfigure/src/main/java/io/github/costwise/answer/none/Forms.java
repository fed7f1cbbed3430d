package io.github.costwise.answer.none;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

import org.springframework.util.StringUtils;

/**
 * Forms of texts that are not sentences.
 */
final class Forms {

	private static final int LONGEST_PLACEHOLDER = 24;

	private static final int LONGEST_BLANK = 60;

	private static final int HEAD = 600;

	private static final Set<String> VALUES = Set.of("null", "none", "nil", "undefined", "nan", "void", "unknown",
			"empty", "\u65e0", "\u306a\u3057");

	private static final Set<String> PLACEHOLDERS = Set.of("", "null", "none", "nil", "undefined", "na", "nan", "{}",
			"[]", "{ }", "[ ]", "[null]", "[{}]", "[[]]", "{{}}", "()", "notfound", "unknown", "noresponse", "noanswer",
			"empty", "void", "[objectobject]", "notavailable", "tbd", "todo", "tba", "noresults", "noresult", "nodata",
			"nomatches", "placeholder", "ka", "sd", "nd", "nose", "\u672a\u77e5", "\u65e0", "\u306a\u3057",
			"\u8a72\u5f53\u306a\u3057", "\u4e0d\u660e", "<nil>", "<null>", "<none>", "<empty>");

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
		if (bare.length() < 2) {
			return false;
		}
		return Letters.isDense(bare.charAt(0)) ? question.contains(bare)
				: Arrays
					.stream(StringUtils
						.delimitedListToStringArray(question.substring(0, Math.min(2 * HEAD, question.length())), " "))
					.anyMatch((word) -> bare(word).equals(bare));
	}

	/**
	 * Whether a placeholder may be a value: what a program prints, or none of a number.
	 */
	static boolean isValue(String text) {
		return VALUES.contains(bare(text));
	}

	/**
	 * Whether a text is a blank to be filled in: words in brackets, perhaps with a label.
	 */
	static boolean isBlank(String text) {
		String blank = text.substring(text.indexOf(':') + 1).strip();
		int last = blank.length() - 1;
		if (last < 2 || last > LONGEST_BLANK || "[{<".indexOf(blank.charAt(0)) < 0
				|| blank.charAt(last) != "]}>".charAt("[{<".indexOf(blank.charAt(0)))) {
			return false;
		}
		String inside = blank.substring(1, last);
		boolean words = inside.codePoints().allMatch((c) -> Character.isLetter(c) || c == ' ');
		boolean template = inside.startsWith("{") && inside.endsWith("}") && inside.indexOf(':') < 0;
		return template || (words && inside.strip().indexOf(' ') > 0);
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
