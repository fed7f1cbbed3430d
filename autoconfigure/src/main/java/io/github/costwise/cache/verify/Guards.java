package io.github.costwise.cache.verify;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** Compares two texts by the symbols in them. */
final class Guards {

	private static final int AND = Lexicon.hash("and");

	private static final int OR = Lexicon.hash("or");

	private static final int FREE_WORDS = 6;

	private Guards() {
	}

	/**
	 * Returns every guard that objects.
	 * @param one a text
	 * @param other another text
	 * @return the guards, possibly none
	 */
	static Set<Guard> between(TextFeatures one, TextFeatures other) {
		EnumSet<Guard> guards = EnumSet.noneOf(Guard.class);
		add(guards, Guard.NUMBER, differ(one, other, TextFeatures.NUMBER));
		add(guards, Guard.NEGATION, isNegated(one) != isNegated(other));
		add(guards, Guard.ANTONYM, opposed(one, other));
		add(guards, Guard.ORDER, reordered(one, other));
		add(guards, Guard.ENTITY, lacks(one, other, TextFeatures.NAME));
		add(guards, Guard.LITERAL, lacks(one, other, TextFeatures.LITERAL));
		add(guards, Guard.LENGTH, unlikeInLength(one, other));
		add(guards, Guard.WORDING, !Arrays.equals(content(one), content(other)));
		add(guards, Guard.PRONOUN, Pronouns.stand(one, other));
		return guards;
	}

	static boolean isNegated(TextFeatures text) {
		return text.count(TextFeatures.NEGATION) % 2 != 0;
	}

	static boolean differ(TextFeatures one, TextFeatures other, int flag) {
		return !Arrays.equals(one.words(flag), other.words(flag));
	}

	private static void add(Set<Guard> guards, Guard guard, boolean objects) {
		if (objects) {
			guards.add(guard);
		}
	}

	private static boolean lacks(TextFeatures one, TextFeatures other, int flag) {
		return !WordSets.containsAll(other.words(), one.words(flag))
				|| !WordSets.containsAll(one.words(), other.words(flag));
	}

	private static boolean opposed(TextFeatures one, TextFeatures other) {
		int[] words = one.words();
		int[] others = other.words();
		for (int word : words) {
			if (!WordSets.contains(others, word)) {
				for (int opposite : Lexicon.opposites(word)) {
					if (WordSets.contains(others, opposite) && !WordSets.contains(words, opposite)) {
						return true;
					}
				}
			}
		}
		return false;
	}

	private static boolean unlikeInLength(TextFeatures one, TextFeatures other) {
		int shorter = Math.min(one.length(), other.length());
		int longer = Math.max(one.length(), other.length());
		return longer > 2 * shorter + FREE_WORDS || !one.endsLike(other);
	}

	private static boolean reordered(TextFeatures one, TextFeatures other) {
		int[] sequence = contentSequence(one);
		int[] others = contentSequence(other);
		if (sequence.length != others.length || Arrays.equals(sequence, others)) {
			return false;
		}
		Arrays.sort(sequence);
		Arrays.sort(others);
		return Arrays.equals(sequence, others);
	}

	private static int[] content(TextFeatures text) {
		int[] sequence = contentSequence(text);
		return WordSets.sortedDistinct(sequence, sequence.length);
	}

	/**
	 * Returns the words of weight; two that are joined by "and" or "or" stand in a fixed
	 * order.
	 */
	private static int[] contentSequence(TextFeatures text) {
		int[] sequence = new int[text.length()];
		int count = 0;
		boolean joined = false;
		for (int token : text.tokens()) {
			int word = TextFeatures.word(token);
			if (word == AND || word == OR) {
				joined = true;
			}
			else if (!TextFeatures.is(token, TextFeatures.FUNCTION)) {
				sequence[count++] = word;
				if (joined && count > 1 && sequence[count - 2] > word) {
					sequence[count - 1] = sequence[count - 2];
					sequence[count - 2] = word;
				}
				joined = false;
			}
		}
		return Arrays.copyOf(sequence, count);
	}

}
