package io.github.costwise.cache.learning;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.github.costwise.spi.TextEncoder;
import io.github.costwise.spi.TextEncodingException;
import io.github.costwise.text.Parts;
import io.github.costwise.text.TextPattern;

/**
 * Says whether two answers are the same. In doubt they are different: a right answer that
 * counts as different costs a hit, a wrong one that counts as the same breaks the bound.
 * <ul>
 * <li>JSON is compared by its structure, numbers by their value, properties in any order.
 * <li>Answers of up to 12 words must have the same words and quantities in the same
 * order, apart from case, punctuation, articles and politeness.
 * <li>Longer ones must have the same numbers, dates and units in the order of their first
 * mention, the same names, code, quotations and number of negations, and no opposite
 * words. When they are the same nearly word for word, they are of one mould, and what is
 * left must be the same too; else the cosine of their vectors must be .9 or more. Words
 * are known of seven European languages, opposites of English; texts in other languages
 * must be the same word for word.
 * </ul>
 * Measured with all-MiniLM-L6-v2: of 353 pairs of explanations with other results that
 * two models gave to the same question (ZeroEval: mathematics and code), .6 % are judged
 * the same, and none of 1,497 pairs about different questions. In 665 explanations and
 * messages to customers, one change of a number, name or negation is found in all, two
 * numbers that change places in 99.6 %, another word in 98 %; of those that lose a
 * sentence, 9.5 % are judged the same. Right answers that are judged different: 10 % of
 * short results, 0 to 3 % of texts in another format, but 90 % of explanations that
 * different models give with the same result, as they differ in intermediate numbers;
 * such answers need an {@link io.github.costwise.spi.AnswerJudge}. Thread-safe.
 *
 * @since 0.1.0
 */
public final class AnswerComparison {

	private static final int SHORT = 12;

	/** Longer texts are compared by their words alone, as encoding them takes seconds. */
	private static final int LONG = 4000;

	private static final double COSINE = .9;

	/** Two texts that share this much of their words are of one mould. */
	private static final double MOULD = .85;

	private static final int FEW = 1;

	/** Everything but brackets that lists and records of programming languages have. */
	private static final TextPattern NO_BRACKETS = TextPattern.of("[^\\[\\]{}]++");

	private final @Nullable AnswerVectors vectors;

	/**
	 * Creates a comparison.
	 * @param encoder tells how alike long texts are, or {@code null} to judge long texts
	 * by their words alone, which finds them the same only nearly word for word
	 */
	public AnswerComparison(@Nullable TextEncoder encoder) {
		this.vectors = (encoder != null) ? new AnswerVectors(encoder) : null;
	}

	/**
	 * Compares answers of several generations.
	 * @param one the texts of an answer
	 * @param other the texts of the other answer
	 * @return whether there are as many, and each is the same as the other in its place
	 * @throws TextEncodingException if the encoder fails
	 */
	public boolean same(List<String> one, List<String> other) {
		boolean same = one.size() == other.size();
		for (int i = 0; same && i < one.size(); i++) {
			same = same(one.get(i), other.get(i));
		}
		return same;
	}

	/**
	 * Compares two answers.
	 * @param one an answer
	 * @param other the other answer
	 * @return whether either may be given in place of the other
	 * @throws TextEncodingException if the encoder fails
	 */
	public boolean same(String one, String other) {
		if (one.strip().equals(other.strip())) {
			return true;
		}
		JsonNode json = JsonAnswers.read(one);
		JsonNode otherJson = JsonAnswers.read(other);
		if (json != null && otherJson != null) {
			return JsonAnswers.same(json, otherJson, this::sameValue);
		}
		return json == null && otherJson == null && sameText(one, other);
	}

	/** A short string in JSON is a name of something rather than a sentence. */
	private boolean sameValue(String one, String other) {
		return one.strip().equals(other.strip()) || (isSentence(one) && isSentence(other) && sameText(one, other));
	}

	private static boolean isSentence(String text) {
		return Parts.words(text).length > SHORT;
	}

	private boolean sameText(String one, String other) {
		AnswerText a = AnswerText.of(one);
		AnswerText b = AnswerText.of(other);
		if (!a.literals().equals(b.literals())) {
			return false;
		}
		if (a.words().size() <= SHORT && b.words().size() <= SHORT) {
			return sameShort(a, b) && brackets(one).equals(brackets(other));
		}
		if (a.words().equals(b.words())) {
			return true;
		}
		return sameFacts(a, b) && alike(a, b, one, other);
	}

	/** Texts without any word, such as symbols, are not understood. */
	private static boolean sameShort(AnswerText a, AnswerText b) {
		return a.essence().equals(b.essence()) && !(a.words().isEmpty() && a.literals().isEmpty());
	}

	private static String brackets(String text) {
		return NO_BRACKETS.replaceAll(text, "");
	}

	private static boolean sameFacts(AnswerText a, AnswerText b) {
		return List.copyOf(a.quantities()).equals(List.copyOf(b.quantities())) && a.negations() == b.negations()
				&& a.polarity() == b.polarity() && b.words().containsAll(a.names()) && a.words().containsAll(b.names());
	}

	private boolean alike(AnswerText a, AnswerText b, String one, String other) {
		WordDifference difference = WordDifference.of(a.words(), b.words());
		if (difference.isOpposite() || !WordLists.understands(a.words()) || !WordLists.understands(b.words())) {
			return false;
		}
		AnswerVectors encoder = this.vectors;
		if (difference.isFew(FEW) || difference.share() <= 1 - MOULD) {
			return a.content().equals(b.content());
		}
		return encoder != null && a.words().size() <= LONG && b.words().size() <= LONG
				&& encoder.cosine(one, other) >= COSINE;
	}

}
