package io.github.costwise.answer.none;

/**
 * Folds text so that words can be compared: lower case, no accents, apostrophes as
 * spaces. A lonely capital I stays one, since it is a word of English alone. Thread-safe.
 */
final class Letters {

	private static final String ACCENTED = "\u00e0\u00e1\u00e2\u00e3\u00e4\u00e5\u0105\u0103\u0101\u00e7\u0107\u010d\u00e8\u00e9"
			+ "\u00ea\u00eb\u0119\u011b\u0113\u011f\u00ec\u00ed\u00ee\u00ef\u0131\u0142\u00f1\u0144\u0148\u00f2\u00f3\u00f4\u00f5\u00f6"
			+ "\u00f8\u0151\u015b\u0161\u015f\u0219\u021b\u00f9\u00fa\u00fb\u00fc\u016f\u0171\u00fd\u00ff\u017a\u017c\u017e\u0451";

	private static final String PLAIN = "aaaaaaaaaccceeeeeeegiiiiilnnnooooooosssstuuuuuuyyzzz\u0435";

	private static final int[] FOLDED = folded();

	private Letters() {
	}

	private static int[] folded() {
		int[] folded = new int[0x460];
		for (int i = 0; i < folded.length; i++) {
			folded[i] = Character.toLowerCase(i);
		}
		for (int i = 0; i < ACCENTED.length(); i++) {
			char lower = ACCENTED.charAt(i);
			folded[lower] = PLAIN.charAt(i);
			int upper = Character.toUpperCase(lower);
			if (upper != lower && upper > 0x7f && upper < folded.length) {
				folded[upper] = PLAIN.charAt(i);
			}
		}
		folded[0x130] = 'i';
		folded['\u02bc'] = ' ';
		folded['\''] = ' ';
		return folded;
	}

	/**
	 * Folds a text.
	 * @param text the text
	 * @param most how many characters of it are read
	 */
	static String fold(String text, int most) {
		int length = Math.min(text.length(), most);
		StringBuilder folded = new StringBuilder(length);
		for (int i = 0; i < length; i++) {
			char c = text.charAt(i);
			if (c == 'I' && !isLetterAt(text, i - 1) && !isLetterAt(text, i + 1)) {
				folded.append(c);
			}
			else if (c == '\u00df') {
				folded.append("ss");
			}
			else if (c < '\u0300' || c > '\u036f') {
				folded.append(fold(c));
			}
		}
		return folded.toString();
	}

	private static char fold(char c) {
		if (c == '\u2019' || c == '\u2018') {
			return ' ';
		}
		return (char) ((c < FOLDED.length) ? FOLDED[c] : Character.toLowerCase(c));
	}

	private static boolean isLetterAt(String text, int at) {
		return at >= 0 && at < text.length() && Character.isLetter(text.charAt(at));
	}

	/** Whether words are written without spaces. */
	static boolean isDense(char c) {
		return (c >= '\u3040' && c <= '\u30ff') || (c >= '\u3400' && c <= '\u9fff') || c == '\u3005';
	}

}
