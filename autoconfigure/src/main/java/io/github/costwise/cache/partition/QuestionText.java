package io.github.costwise.cache.partition;

import java.text.Normalizer;

/**
 * Removes from a question what never changes its meaning. Upper and lower case stay,
 * since they do, and so does the layout of several lines, which may be code.
 */
final class QuestionText {

	private static final char NO_BREAK_SPACE = '\u00a0';

	private QuestionText() {
	}

	static String normalize(String text) {
		String composed = Normalizer.isNormalized(text, Normalizer.Form.NFC) ? text
				: Normalizer.normalize(text, Normalizer.Form.NFC);
		String stripped = composed.strip();
		boolean layout = stripped.indexOf('\n') >= 0 || stripped.indexOf('`') >= 0;
		return (layout || isSingleSpaced(stripped)) ? stripped : singleSpaced(stripped);
	}

	private static boolean isSingleSpaced(String text) {
		boolean before = false;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			boolean space = isSpace(c);
			if (space && (before || c != ' ')) {
				return false;
			}
			before = space;
		}
		return true;
	}

	private static String singleSpaced(String text) {
		StringBuilder single = new StringBuilder(text.length());
		boolean before = false;
		for (int i = 0; i < text.length(); i++) {
			boolean space = isSpace(text.charAt(i));
			if (!space) {
				single.append(text.charAt(i));
			}
			else if (!before) {
				single.append(' ');
			}
			before = space;
		}
		return single.toString();
	}

	private static boolean isSpace(char c) {
		return c == ' ' || c == '\t' || c == NO_BREAK_SPACE;
	}

}
