package io.github.costwise.encoding;

import io.github.costwise.files.ShippedFile;

/**
 * How much words and their letters (two, three and four in a row) speak for English: a
 * logistic regression over hashed features, fitted to questions in English against texts
 * of user interfaces and of the Universal Declaration of Human Rights in some 500 other
 * languages, with and without diacritics and, of other scripts, in Latin letters. The
 * sources stand in docs/encoding.md. Immutable and thread-safe.
 */
final class LetterWeights {

	private static final String SHIPPED = "english-weights.bin";

	private static final int SIZE = 1 << 16;

	/** A weight of one, as it is stored. */
	private static final double UNIT = 8;

	private static final int LONGEST_PART = 4;

	private static final double PARTS = 2;

	private static final LetterWeights INSTANCE = new LetterWeights(read());

	private final byte[] weights;

	private LetterWeights(byte[] weights) {
		this.weights = weights;
	}

	static LetterWeights shipped() {
		return INSTANCE;
	}

	private static byte[] read() {
		byte[] weights = ShippedFile.bytes(LetterWeights.class, SHIPPED);
		if (weights.length != SIZE) {
			throw new IllegalStateException("The file " + SHIPPED + " of the jar is damaged");
		}
		return weights;
	}

	/**
	 * Returns what a word says.
	 * @param word its letters in lower case
	 * @return natural logarithm of the odds, above 0 for English
	 */
	double of(String word) {
		String bounded = '_' + word + '_';
		double sum = 0;
		int count = 0;
		for (int length = 2; length <= LONGEST_PART; length++) {
			for (int at = 0; at + length <= bounded.length(); at++) {
				sum += weight(bounded, at, at + length);
				count++;
			}
		}
		String whole = '=' + word;
		return PARTS * sum / count + weight(whole, 0, whole.length());
	}

	/** FNV-1a (G. Fowler, L. Noll and K.-P. Vo), mixed so that the low bits vary too. */
	private double weight(String text, int begin, int end) {
		int hash = 0x811c9dc5;
		for (int i = begin; i < end; i++) {
			hash = (hash ^ text.charAt(i)) * 0x01000193;
		}
		hash ^= hash >>> 15;
		hash *= 0x2c1b3c6d;
		hash ^= hash >>> 13;
		return this.weights[hash & (SIZE - 1)] / UNIT;
	}

}
