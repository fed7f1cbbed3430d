package io.github.costwise.quality;

import java.util.HashSet;
import java.util.Set;

import io.github.costwise.model.GatedAnswer;
import io.github.costwise.text.TextPattern;

/**
 * What two cheap answers to one request show: whether they agree, how alike their words
 * and numbers are, how long they are.
 */
final class Evidence {

	/** The difficulty, what the answers show, and both with agreement. */
	static final int SIZE = 20;

	private static final int SHOWN = 10;

	private static final TextPattern word = TextPattern.ofAllScripts("\\w+");

	private static final TextPattern number = TextPattern.of("\\d+(?:\\.\\d+)?");

	private static final int LONGEST = 8_000;

	private Evidence() {
	}

	/**
	 * Reads the evidence.
	 * @param difficulty the difficulty of the request
	 * @param candidate the answer beside the second one
	 * @return numbers to be standardised
	 */
	static double[] of(double difficulty, GatedAnswer candidate) {
		String first = cut(candidate.answer());
		String second = cut((candidate.second() != null) ? candidate.second() : "");
		AnswerForm form = AnswerForm.of(first);
		AnswerForm other = AnswerForm.of(second);
		double agrees = form.agrees(other) ? 1 : 0;
		double[] shown = { agrees, Math.log1p(first.length()), Math.log1p(second.length()),
				Math.log1p(first.length()) - Math.log1p(second.length()), alike(number, first, second),
				alike(word, first, second), form.numeric() ? 1 : 0, other.numeric() ? 1 : 0,
				Math.log1p(form.value().length()), form.value().isEmpty() ? 1 : 0 };
		double[] row = new double[SIZE];
		row[0] = difficulty;
		System.arraycopy(shown, 0, row, 1, SHOWN);
		row[1 + SHOWN] = agrees * difficulty;
		for (int i = 1; i < SHOWN - 1; i++) {
			row[1 + SHOWN + i] = agrees * shown[i];
		}
		return row;
	}

	private static String cut(String text) {
		return text.substring(Math.max(0, text.length() - LONGEST));
	}

	/** Jaccard index of what a pattern finds in two texts. */
	private static double alike(TextPattern pattern, String a, String b) {
		Set<String> first = found(pattern, a);
		Set<String> all = found(pattern, b);
		int count = first.size() + all.size();
		all.addAll(first);
		return (count - all.size()) / (double) Math.max(1, all.size());
	}

	private static Set<String> found(TextPattern pattern, String text) {
		Set<String> found = new HashSet<>();
		pattern.all(text).forEach((match) -> found.add(match.text()));
		return found;
	}

}
