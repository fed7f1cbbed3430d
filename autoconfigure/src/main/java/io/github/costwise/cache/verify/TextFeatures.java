package io.github.costwise.cache.verify;

import java.util.Arrays;

/**
 * What the cache keeps of a text to compare it with others: its words in their order, as
 * numbers that cannot be read back as text but by guessing. About 40 bytes and 4 more a
 * word. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class TextFeatures {

	static final int NUMBER = 1;

	static final int NEGATION = 2;

	static final int NAME = 4;

	static final int LITERAL = 8;

	static final int FUNCTION = 16;

	static final int FLAGS = 31;

	static final int MAX_WORDS = 160;

	private final int[] tokens;

	private final int rest;

	private TextFeatures(int[] tokens, int rest) {
		this.tokens = tokens;
		this.rest = rest;
	}

	/**
	 * Reads a text. Upper and lower case are the same word; of a text longer than 160
	 * words the rest is compared as a whole.
	 * @param text the text
	 * @return its features
	 */
	public static TextFeatures of(String text) {
		int[] tokens = new WordScanner(text).scan();
		int kept = Math.min(tokens.length, MAX_WORDS);
		int rest = 0;
		for (int i = kept; i < tokens.length; i++) {
			rest = 31 * rest + word(tokens[i]) + 1;
		}
		return new TextFeatures((kept == tokens.length) ? tokens : Arrays.copyOf(tokens, kept), rest);
	}

	static int word(int token) {
		return token & ~FLAGS;
	}

	static boolean is(int token, int flag) {
		return (token & flag) != 0;
	}

	int[] tokens() {
		return this.tokens;
	}

	int length() {
		return this.tokens.length;
	}

	int first() {
		return (this.tokens.length == 0) ? 0 : word(this.tokens[0]);
	}

	/**
	 * Returns whether the parts beyond the kept words are the same.
	 * @param other another text
	 * @return whether they are, or both texts are short
	 */
	boolean endsLike(TextFeatures other) {
		return this.rest == other.rest;
	}

	/**
	 * Returns the different words.
	 * @return the words without flags, ascending
	 */
	int[] words() {
		return words(0);
	}

	/**
	 * Returns the different words that have a flag.
	 * @param flag the flag, 0 for all words
	 * @return the words without flags, ascending
	 */
	int[] words(int flag) {
		int[] words = new int[this.tokens.length];
		int count = 0;
		for (int token : this.tokens) {
			if (flag == 0 || is(token, flag)) {
				words[count++] = word(token);
			}
		}
		return WordSets.sortedDistinct(words, count);
	}

	int count(int flag) {
		int count = 0;
		for (int token : this.tokens) {
			count += is(token, flag) ? 1 : 0;
		}
		return count;
	}

	/**
	 * Returns whether both texts have the same words in the same order.
	 */
	@Override
	public boolean equals(Object other) {
		return other instanceof TextFeatures text && this.rest == text.rest && Arrays.equals(this.tokens, text.tokens);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.tokens);
	}

	/**
	 * Names no word.
	 */
	@Override
	public String toString() {
		return "TextFeatures[words=" + this.tokens.length + "]";
	}

}
