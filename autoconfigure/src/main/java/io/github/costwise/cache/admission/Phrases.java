package io.github.costwise.cache.admission;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.costwise.text.TextPattern;

/**
 * Phrases that stand as whole words, in upper or lower case. An expression is only tried
 * where a word is one that some phrase begins with, so that a long text is read once, and
 * then only with the phrases that may begin with it. Thread-safe.
 */
final class Phrases {

	private static final int LETTERS = 26;

	/** By the first letter of their word. */
	private final PhraseStart[][] starts = new PhraseStart[LETTERS][];

	/**
	 * Creates a set of phrases.
	 * @param starts the runs of letters that phrases begin with, in lower case
	 * @param alternatives the phrases as regular expressions, which repeat nothing
	 * without a bound but the letters of a word
	 */
	Phrases(Set<String> starts, String... alternatives) {
		for (int i = 0; i < LETTERS; i++) {
			char first = (char) ('a' + i);
			this.starts[i] = starts.stream()
				.filter((start) -> start.charAt(0) == first)
				.map((start) -> PhraseStart.of(start, alternatives))
				.toArray(PhraseStart[]::new);
		}
	}

	boolean isIn(String text) {
		for (int i = 0; i < text.length();) {
			if (!isWord(text.charAt(i))) {
				i++;
				continue;
			}
			if (isAt(text, i)) {
				return true;
			}
			i = endOfWord(text, i);
		}
		return false;
	}

	private boolean isAt(String text, int from) {
		int first = lower(text.charAt(from)) - 'a';
		if (first < 0 || first >= LETTERS) {
			return false;
		}
		for (PhraseStart start : this.starts[first]) {
			if (isWord(text, from, start.word())) {
				return start.phrases().isAt(text, from);
			}
		}
		return false;
	}

	private static boolean isWord(String text, int from, String word) {
		int end = from + word.length();
		if (end > text.length() || (end < text.length() && isLetter(text.charAt(end)))) {
			return false;
		}
		for (int i = 1; i < word.length(); i++) {
			if (lower(text.charAt(from + i)) != word.charAt(i)) {
				return false;
			}
		}
		return true;
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

	/** A word, and the phrases that may begin with it. */
	private record PhraseStart(String word, TextPattern phrases) {

		static PhraseStart of(String word, String... alternatives) {
			String phrases = Arrays.stream(alternatives)
				.filter((phrase) -> TextPattern.ofAnyCase(phrase).mayBegin(word))
				.collect(Collectors.joining("|", "(?:", ")(?![\\w-])"));
			return new PhraseStart(word, TextPattern.ofAnyCase(phrases));
		}

	}

}
