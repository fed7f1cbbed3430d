package io.github.costwise.cache.partition;

import io.github.costwise.text.ComposedText;

/**
 * Removes from a question what never changes its meaning. Upper and lower case stay,
 * since they do, and so does space wherever it may be layout: with tabs, quotes, back
 * ticks, bars or several lines, and beside a number, which may stand in a column.
 */
final class QuestionText {

	private static final char NO_BREAK_SPACE = '\u00a0';

	private static final String QUOTES = "\"`|\u2018\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\u300c\u300d"
			+ "\u300e\u300f\uff02\uff07";

	private static final String APOSTROPHES = "'\u2019";

	private QuestionText() {
	}

	/**
	 * Returns the text by which questions are compared.
	 * @param text the text that was asked
	 * @param longest a longer text is taken as it is
	 * @return the text, composed and without space that means nothing
	 */
	static String normalize(String text, int longest) {
		if (text.length() > longest) {
			return text;
		}
		String composed = ComposedText.of(text);
		if (hasCells(composed)) {
			return trimmed(composed);
		}
		String stripped = composed.strip();
		return (isSingleSpaced(stripped) || isQuoted(stripped)) ? stripped : singleSpaced(stripped);
	}

	/** Whether space at the ends may be a cell or an indentation. */
	private static boolean hasCells(String text) {
		int start = 0;
		int end = text.length();
		while (start < end && isSpace(text.charAt(start))) {
			start++;
		}
		while (end > start && Character.isWhitespace(text.charAt(end - 1)) && text.charAt(end - 1) != '\t') {
			end--;
		}
		for (int i = start; i < end; i++) {
			if (text.charAt(i) == '\t' || isLineBreak(text.charAt(i))) {
				return true;
			}
		}
		return false;
	}

	/** Without empty lines at the beginning and without blanks at the end. */
	private static String trimmed(String text) {
		int start = 0;
		for (int i = 0; i < text.length() && (isSpace(text.charAt(i)) || isLineBreak(text.charAt(i))); i++) {
			start = isLineBreak(text.charAt(i)) ? i + 1 : start;
		}
		int end = text.length();
		while (end > start && (isSpace(text.charAt(end - 1)) || isLineBreak(text.charAt(end - 1)))) {
			end--;
		}
		return text.substring(start, end);
	}

	private static boolean isQuoted(String text) {
		for (int i = 0; i < text.length(); i++) {
			char sign = text.charAt(i);
			if (QUOTES.indexOf(sign) >= 0 || (APOSTROPHES.indexOf(sign) >= 0 && !isBetweenLetters(text, i))) {
				return true;
			}
		}
		return false;
	}

	private static boolean isBetweenLetters(String text, int at) {
		return at > 0 && at + 1 < text.length() && Character.isLetter(text.charAt(at - 1))
				&& Character.isLetter(text.charAt(at + 1));
	}

	private static boolean isSingleSpaced(String text) {
		boolean before = false;
		for (int i = 0; i < text.length(); i++) {
			char sign = text.charAt(i);
			boolean space = isSpace(sign);
			if (space && (before || sign != ' ')) {
				return false;
			}
			before = space;
		}
		return true;
	}

	private static String singleSpaced(String text) {
		StringBuilder single = new StringBuilder(text.length());
		boolean numberBefore = false;
		for (int i = 0; i < text.length();) {
			int word = endOfSpace(text, i);
			int end = endOfWord(text, word);
			boolean number = hasDigit(text, word, end);
			if (word > i) {
				single.append((numberBefore || number) ? text.substring(i, word) : " ");
			}
			single.append(text, word, end);
			numberBefore = number;
			i = end;
		}
		return single.toString();
	}

	private static int endOfSpace(String text, int from) {
		int end = from;
		while (end < text.length() && isSpace(text.charAt(end))) {
			end++;
		}
		return end;
	}

	private static int endOfWord(String text, int from) {
		int end = from;
		while (end < text.length() && !isSpace(text.charAt(end))) {
			end++;
		}
		return end;
	}

	private static boolean hasDigit(String text, int from, int to) {
		for (int i = from; i < to; i++) {
			if (Character.isDigit(text.charAt(i))) {
				return true;
			}
		}
		return false;
	}

	private static boolean isSpace(char sign) {
		return sign == ' ' || sign == NO_BREAK_SPACE;
	}

	private static boolean isLineBreak(char sign) {
		return sign == '\n' || sign == '\r' || sign == '\u000b' || sign == '\f' || sign == '\u0085' || sign == '\u2028'
				|| sign == '\u2029';
	}

}
