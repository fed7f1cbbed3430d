package io.github.costwise.encoding;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds the words of a text in Latin letters by which its language is judged. What stands
 * between spaces and holds more than words (code, paths, addresses, numbers) is left out;
 * names and abbreviations say less than other words. Not thread-safe.
 */
final class TextWords {

	/** Letters of a word that are looked at. */
	private static final int MOST_LETTERS = 40;

	private static final double NAME = .5;

	private static final double ABBREVIATION = .25;

	private static final String APOSTROPHES = "'\u2019\u02bc\u2018`";

	private static final String BETWEEN_WORDS = "-\u2010\u2011\u2012\u2013\u2014,;!?)(/\"";

	private static final String OPENING = "\u00bf\u00a1";

	private static final String ENDING = ".!?:";

	private final String text;

	private final List<FoundWord> found = new ArrayList<>();

	private boolean start = true;

	private TextWords(String text) {
		this.text = text;
	}

	static List<Word> of(String text) {
		TextWords words = new TextWords(text);
		words.scan();
		return words.weighted();
	}

	private void scan() {
		int at = 0;
		while (at < this.text.length()) {
			int end = at;
			while (end < this.text.length() && !isSpace(this.text.charAt(end))) {
				end++;
			}
			if (end > at) {
				chunk(at, end);
			}
			at = end + 1;
		}
	}

	private void chunk(int begin, int end) {
		int from = begin;
		int to = end;
		while (from < to && !Character.isLetterOrDigit(this.text.charAt(from))) {
			from++;
		}
		while (to > from && !isWordPart(this.text.charAt(to - 1))) {
			to--;
		}
		this.start |= from > begin && OPENING.indexOf(this.text.charAt(from - 1)) >= 0;
		boolean words = from < to && isWords(from, to);
		if (words) {
			words(from, to);
		}
		this.start = endsSentence(to, end) || (this.start && !words);
	}

	private boolean isWords(int from, int to) {
		for (int at = from; at < to; at++) {
			char character = this.text.charAt(at);
			if (!isWordPart(character, at) && BETWEEN_WORDS.indexOf(character) < 0) {
				return false;
			}
		}
		return true;
	}

	private void words(int from, int to) {
		StringBuilder word = new StringBuilder();
		for (int at = from; at <= to; at++) {
			char character = (at < to) ? this.text.charAt(at) : '-';
			if (Character.isLetter(character)) {
				word.append(character);
			}
			else if (BETWEEN_WORDS.indexOf(character) >= 0 && !word.isEmpty()) {
				this.found.add(new FoundWord(word.toString(), this.start));
				this.start = false;
				word.setLength(0);
			}
		}
	}

	private boolean endsSentence(int from, int to) {
		for (int at = from; at < to; at++) {
			if (ENDING.indexOf(this.text.charAt(at)) >= 0) {
				return true;
			}
		}
		return false;
	}

	/** Where most words are in capitals, or all begin with one, that says nothing. */
	private List<Word> weighted() {
		long capitals = this.found.stream().filter(FoundWord::isAbbreviation).count();
		boolean loud = 2 * capitals > this.found.size();
		boolean title = this.found.stream().allMatch(FoundWord::isName);
		return this.found.stream().map((word) -> word.weighted(loud, title)).toList();
	}

	private static boolean isSpace(char character) {
		return Character.isWhitespace(character) || Character.isSpaceChar(character);
	}

	private static boolean isMark(char character) {
		int type = Character.getType(character);
		return type == Character.NON_SPACING_MARK || type == Character.FORMAT;
	}

	private static boolean isWordPart(char character) {
		return Character.isLetterOrDigit(character) || isMark(character);
	}

	private boolean isWordPart(char character, int at) {
		return Character.isLetter(character) || APOSTROPHES.indexOf(character) >= 0 || (at > 0 && isMark(character));
	}

	/**
	 * A word and what it says.
	 *
	 * @param letters in lower case, 40 at the most
	 * @param weight how much it counts, above 0 up to 1
	 */
	record Word(String letters, double weight) {

	}

	/** A word as it stands in the text. */
	private record FoundWord(String word, boolean start) {

		boolean isAbbreviation() {
			return this.word.length() > 1 && this.word.chars().noneMatch(Character::isLowerCase);
		}

		boolean isName() {
			return Character.isUpperCase(this.word.charAt(0));
		}

		Word weighted(boolean loud, boolean title) {
			double weight = 1;
			if (!loud && isAbbreviation()) {
				weight = ABBREVIATION;
			}
			else if (!loud && !title && !this.start && isName()) {
				weight = NAME;
			}
			String lower = this.word.toLowerCase(Locale.ROOT);
			return new Word((lower.length() > MOST_LETTERS) ? lower.substring(0, MOST_LETTERS) : lower, weight);
		}

	}

}
