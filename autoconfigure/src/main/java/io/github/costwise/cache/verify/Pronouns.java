package io.github.costwise.cache.verify;

/**
 * Finds a pronoun of one text in whose place the other text names somebody or something:
 * between the same words, or the same end of the text, it has up to four words of which
 * one is a name, and no such pronoun. Any word of weight counts as a name where a person
 * is meant, or nothing stands before the pronoun that it could mean.
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
		boolean weighty = false;
		for (int at = 0; at < tokens.length; at++) {
			if (isPronoun(tokens[at])) {
				boolean anyWord = !weighty || Lexicon.isPersonal(TextFeatures.word(tokens[at]));
				if (isNamed(others, word(tokens, at - 1), word(tokens, at + 1), anyWord)) {
					return true;
				}
			}
			weighty |= isName(tokens[at], true);
		}
		return false;
	}

	private static boolean isNamed(int[] others, int before, int after, boolean anyWord) {
		for (int begin = 0; begin < others.length; begin++) {
			if (word(others, begin - 1) == before && isNameUpTo(others, begin, after, anyWord)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isNameUpTo(int[] others, int begin, int after, boolean anyWord) {
		boolean named = false;
		for (int at = begin; at < Math.min(begin + MOST_WORDS, others.length) && !isPronoun(others[at]); at++) {
			named |= isName(others[at], anyWord);
			if (named && word(others, at + 1) == after) {
				return true;
			}
		}
		return false;
	}

	private static boolean isName(int token, boolean anyWord) {
		return anyWord ? !TextFeatures.is(token, TextFeatures.FUNCTION) : TextFeatures.is(token, TextFeatures.NAME);
	}

	private static boolean isPronoun(int token) {
		return Lexicon.isPronoun(TextFeatures.word(token));
	}

	private static int word(int[] tokens, int at) {
		return (at < 0 || at >= tokens.length) ? EDGE : TextFeatures.word(tokens[at]);
	}

}
