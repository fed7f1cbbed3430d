package io.github.costwise.cache.verify;

import java.util.Arrays;
import java.util.Locale;

/**
 * Cuts a text into words and says of each whether it is a number, a negation, a name, a
 * function word, or to be taken literally (quoted, or an identifier of code). A word runs
 * over letters, digits and apostrophes, over underscores before one of these, and over a
 * point, comma or colon between digits. An ideograph is a word of its own, and so is a
 * sign such as an emoji, which is taken literally.
 */
final class WordScanner {

	private static final String OPENING = "\"`\u201c\u00ab";

	private static final String CLOSING = "\"`\u201d\u00bb";

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
			int point = this.text.codePointAt(at);
			int end = at + Character.charCount(point);
			if (isWordPart(point)) {
				end = wordEnd(end, Character.isIdeographic(point));
				add(at, withoutApostrophes(at, end));
			}
			else {
				punctuation(point, at);
			}
			at = end;
		}
		return Arrays.copyOf(this.tokens, this.count);
	}

	private void punctuation(int point, int at) {
		int quote = OPENING.indexOf(point);
		if (quote >= 0 && at > this.quoteEnd && !this.unclosed[quote]) {
			this.quoteEnd = this.text.indexOf(CLOSING.charAt(quote), at + 1);
			this.unclosed[quote] = this.quoteEnd < 0;
		}
		else if (point == '%' || Character.getType(point) == Character.CURRENCY_SYMBOL) {
			append(Lexicon.hash(Character.toString(point)) | TextFeatures.NUMBER);
		}
		else if (".!?:\n".indexOf(point) >= 0) {
			this.sentenceStart = true;
		}
		else if (Signs.isSign(point)) {
			append(Lexicon.hash(Character.toString(point)) | TextFeatures.LITERAL);
		}
	}

	private int wordEnd(int start, boolean ideograph) {
		int end = start;
		while (!ideograph && end < this.text.length() && (isPlainPart(end) || isJoined(end))) {
			end += Character.charCount(this.text.codePointAt(end));
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
		int point = this.text.codePointAt(at);
		return Signs.isMark(point) || (isWordPart(point) && !Character.isIdeographic(point));
	}

	private boolean isJoined(int at) {
		char character = this.text.charAt(at);
		if (at + 1 >= this.text.length() || !Character.isLetterOrDigit(this.text.codePointAt(at + 1))) {
			return false;
		}
		boolean digits = Character.isDigit(this.text.charAt(at - 1)) && Character.isDigit(this.text.charAt(at + 1));
		return character == '_' || (digits && ".,:".indexOf(character) >= 0);
	}

	private static boolean isWordPart(int point) {
		return Character.isLetterOrDigit(point) || point == '\'' || point == '\u2019';
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
		return !this.sentenceStart && Character.isUpperCase(original.codePointAt(0))
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
