package io.github.costwise.cache.verify;

/**
 * Finds a pronoun of one text in whose place the other text names somebody or something:
 * between the same words, or the same end of the text, it has up to four words of which
 * one is a name or a word of weight, and no such pronoun.
 */
final class Pronouns {

	private static final int MOST_WORDS = 4;

	/** Stands for the beginning and the end of a text. */
	private static final int EDGE = 1;

	private Pronouns() {
	}

	static boolean stand(TextFeatures one, TextFeatures other) {
		return standsIn(one.tokens(), other.tokens()) || standsIn(other.tokens(), one.tokens());
	}

	private static boolean standsIn(int[] tokens, int[] others) {
		for (int at = 0; at < tokens.length; at++) {
			if (isPronoun(tokens[at]) && isNamed(others, word(tokens, at - 1), word(tokens, at + 1))) {
				return true;
			}
		}
		return false;
	}

	private static boolean isNamed(int[] others, int before, int after) {
		for (int begin = 0; begin < others.length; begin++) {
			if (word(others, begin - 1) == before && isNameUpTo(others, begin, after)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isNameUpTo(int[] others, int begin, int after) {
		boolean weighty = false;
		for (int at = begin; at < Math.min(begin + MOST_WORDS, others.length) && !isPronoun(others[at]); at++) {
			weighty |= !TextFeatures.is(others[at], TextFeatures.FUNCTION);
			if (weighty && word(others, at + 1) == after) {
				return true;
			}
		}
		return false;
	}

	private static boolean isPronoun(int token) {
		return Lexicon.isPronoun(TextFeatures.word(token));
	}

	private static int word(int[] tokens, int at) {
		return (at < 0 || at >= tokens.length) ? EDGE : TextFeatures.word(tokens[at]);
	}

}
