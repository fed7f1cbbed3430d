package io.github.costwise.cache.admission;

import java.util.Set;

import io.github.costwise.text.TextPattern;

/**
 * Phrases that stand as whole words, in upper or lower case. The expression is only tried
 * where a word is one that some phrase begins with, so that a long text is read once.
 * Thread-safe.
 */
final class Phrases {

	private static final int LONGEST_START = 16;

	private final Set<String> starts;

	private final boolean[] letters = new boolean[26];

	private final TextPattern pattern;

	/**
	 * Creates a set of phrases.
	 * @param starts the runs of letters that phrases begin with, in lower case
	 * @param alternatives the phrases as regular expressions, which repeat nothing
	 * without a bound but the letters of a word
	 */
	Phrases(Set<String> starts, String... alternatives) {
		this.starts = Set.copyOf(starts);
		starts.forEach((start) -> this.letters[start.charAt(0) - 'a'] = true);
		this.pattern = TextPattern.ofAnyCase("(?:" + String.join("|", alternatives) + ")(?![\\w-])");
	}

	boolean isIn(String text) {
		for (int i = 0; i < text.length();) {
			if (!isWord(text.charAt(i))) {
				i++;
				continue;
			}
			if (isStart(text, i) && this.pattern.isAt(text, i)) {
				return true;
			}
			i = endOfWord(text, i);
		}
		return false;
	}

	private boolean isStart(String text, int from) {
		int first = lower(text.charAt(from)) - 'a';
		if (first < 0 || first >= this.letters.length || !this.letters[first]) {
			return false;
		}
		char[] start = new char[LONGEST_START];
		int length = 0;
		for (int i = from; i < text.length() && isLetter(text.charAt(i)); i++) {
			if (length == LONGEST_START) {
				return false;
			}
			start[length++] = lower(text.charAt(i));
		}
		return this.starts.contains(new String(start, 0, length));
	}

	private static int endOfWord(String text, int from) {
		int end = from;
		while (end < text.length() && isWord(text.charAt(end))) {
			end++;
		}
		return end;
	}

	/** What a phrase may not touch: letters, digits, underscore and hyphen. */
	private static boolean isWord(char c) {
		return isLetter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-';
	}

	private static boolean isLetter(char c) {
		char lower = lower(c);
		return lower >= 'a' && lower <= 'z';
	}

	private static char lower(char c) {
		return (c >= 'A' && c <= 'Z') ? (char) (c + ('a' - 'A')) : c;
	}

}
