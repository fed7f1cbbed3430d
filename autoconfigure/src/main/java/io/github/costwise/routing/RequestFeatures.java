package io.github.costwise.routing;

import java.util.List;

/**
 * What is known of a text without understanding it: its size, its layout and what it is
 * written with. Counts signs of any script; no list of words of one language. Immutable
 * and thread-safe.
 *
 * @since 0.1.0
 */
public final class RequestFeatures {

	/** The names of the features in their order. */
	public static final List<String> NAMES = List.of("logCharacters", "logWords", "digitShare", "logNumbers",
			"symbolShare", "logQuestions", "logLines", "logSentences", "logWordsPerSentence", "distinctWordShare",
			"longWordShare", "wordLength", "upperCaseShare", "commasPerWord", "logOptions", "logBullets",
			"logOperators", "logBackslashes", "logBraces", "logParentheses", "logQuotes", "logOptionLength",
			"optionSpread", "gap", "logLongestWord");

	private final double[] values;

	private final boolean telling;

	RequestFeatures(double[] values, boolean telling) {
		this.values = values;
		this.telling = telling;
	}

	/**
	 * Looks at a text. Of a very long one, the beginning and the end are looked at, and
	 * its size.
	 * @param text the text
	 * @return its features
	 */
	public static RequestFeatures of(String text) {
		return new TextScan().scan(text);
	}

	/**
	 * Returns the values.
	 * @return a copy, in the order of {@link #NAMES}
	 */
	public double[] values() {
		return this.values.clone();
	}

	double value(int index) {
		return this.values[index];
	}

	/**
	 * Returns whether the text has anything to judge it by: a word in a script for which
	 * the counts mean what they mean in the training data.
	 * @return whether a score would say anything
	 */
	public boolean telling() {
		return this.telling;
	}

}
