package io.github.costwise.text;

import java.text.Normalizer;

/**
 * Text whose letters and marks are composed (Unicode's form NFC), so that two spellings
 * of one letter are equal.
 *
 * @since 0.1.0
 */
public final class ComposedText {

	/** All characters below it are composed. */
	private static final char FIRST_MARK = '\u0300';

	/**
	 * Most marks on one letter, as in Unicode's stream-safe text (UAX #15): the JDK sorts
	 * the marks of a letter in a time that grows with their square.
	 */
	private static final int MOST_MARKS = 30;

	private ComposedText() {
	}

	/**
	 * Composes a text.
	 * @param text the text
	 * @return the text in form NFC; as it is if more than 30 marks follow one another,
	 * which no language does
	 */
	public static String of(String text) {
		if (isPlain(text) || !isStreamSafe(text) || Normalizer.isNormalized(text, Normalizer.Form.NFC)) {
			return text;
		}
		return Normalizer.normalize(text, Normalizer.Form.NFC);
	}

	private static boolean isPlain(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (text.charAt(i) >= FIRST_MARK) {
				return false;
			}
		}
		return true;
	}

	private static boolean isStreamSafe(String text) {
		int marks = 0;
		for (int i = 0; i < text.length();) {
			int sign = text.codePointAt(i);
			marks = isMark(sign) ? marks + 1 : 0;
			if (marks > MOST_MARKS) {
				return false;
			}
			i += Character.charCount(sign);
		}
		return true;
	}

	private static boolean isMark(int sign) {
		int type = Character.getType(sign);
		return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK
				|| type == Character.ENCLOSING_MARK;
	}

}
