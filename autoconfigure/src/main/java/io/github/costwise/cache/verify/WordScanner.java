package io.github.costwise.cache.verify;

import java.util.Arrays;
import java.util.Locale;

/**
 * Cuts a text into words and says of each whether it is a number, a negation, a name, a
 * function word, or to be taken literally (quoted, or an identifier of code). A word runs
 * over letters, digits and apostrophes, over underscores before one of these, and over a
 * point, comma or colon between digits. An ideograph is a word of its own.
 */
final class WordScanner {

	private static final String OPENING = "\"`\u201c\u00ab";

	private static final String CLOSING = "\"`\u201d\u00bb";

	private static final String CURRENCIES = "$\u20ac\u00a3\u00a5%";

	private final String text;

	private int[] tokens = new int[16];

	private int count;

	private boolean sentenceStart = true;

	private int quoteEnd = -1;

	/** No quote of this kind is closed from here on. */
	private final boolean[] unclosed = new boolean[OPENING.length()];

	WordScanner(String text) {
		this.text = text;
	}

	int[] scan() {
		int at = 0;
		while (at < this.text.length()) {
			char character = this.text.charAt(at);
			if (isWordPart(character)) {
				int end = wordEnd(at);
				add(at, withoutApostrophes(at, end));
				at = end;
			}
			else {
				punctuation(character, at);
				at++;
			}
		}
		return Arrays.copyOf(this.tokens, this.count);
	}

	private void punctuation(char character, int at) {
		int quote = OPENING.indexOf(character);
		if (quote >= 0 && at > this.quoteEnd && !this.unclosed[quote]) {
			this.quoteEnd = this.text.indexOf(CLOSING.charAt(quote), at + 1);
			this.unclosed[quote] = this.quoteEnd < 0;
		}
		else if (CURRENCIES.indexOf(character) >= 0) {
			append(Lexicon.hash(String.valueOf(character)) | TextFeatures.NUMBER);
		}
		else if (".!?:\n".indexOf(character) >= 0) {
			this.sentenceStart = true;
		}
	}

	private int wordEnd(int start) {
		if (Character.isIdeographic(this.text.charAt(start))) {
			return start + 1;
		}
		int end = start + 1;
		while (end < this.text.length() && (isPlainPart(end) || isJoined(end))) {
			end++;
		}
		return end;
	}

	private int withoutApostrophes(int start, int wordEnd) {
		int end = wordEnd;
		while (this.text.charAt(end - 1) == '\'' && end > start + 1) {
			end--;
		}
		return end;
	}

	private boolean isPlainPart(int at) {
		char character = this.text.charAt(at);
		return isWordPart(character) && !Character.isIdeographic(character);
	}

	private boolean isJoined(int at) {
		char character = this.text.charAt(at);
		if (at + 1 >= this.text.length() || !Character.isLetterOrDigit(this.text.charAt(at + 1))) {
			return false;
		}
		boolean digits = Character.isDigit(this.text.charAt(at - 1)) && Character.isDigit(this.text.charAt(at + 1));
		return character == '_' || (digits && ".,:".indexOf(character) >= 0);
	}

	private static boolean isWordPart(char character) {
		return Character.isLetterOrDigit(character) || character == '\'' || character == '\u2019';
	}

	private void add(int start, int end) {
		String original = this.text.substring(start, end).replace('\u2019', '\'');
		String word = Lexicon.normalize(original.toLowerCase(Locale.ROOT));
		if (word.isEmpty()) {
			return;
		}
		int flags = Lexicon.flags(word);
		if (end <= this.quoteEnd || isIdentifier(original)) {
			flags |= TextFeatures.LITERAL;
		}
		if (isName(original, flags)) {
			flags |= TextFeatures.NAME;
		}
		append(Lexicon.hash(word) | flags);
		this.sentenceStart = false;
	}

	private boolean isName(String original, int flags) {
		return !this.sentenceStart && Character.isUpperCase(original.charAt(0))
				&& (flags & (TextFeatures.NUMBER | TextFeatures.FUNCTION)) == 0;
	}

	private static boolean isIdentifier(String original) {
		boolean humped = false;
		for (int i = 1; i < original.length(); i++) {
			humped |= Character.isUpperCase(original.charAt(i)) && Character.isLowerCase(original.charAt(i - 1));
		}
		return humped || original.indexOf('_') >= 0;
	}

	private void append(int token) {
		if (this.count == this.tokens.length) {
			this.tokens = Arrays.copyOf(this.tokens, 2 * this.count);
		}
		this.tokens[this.count++] = token;
	}

}
