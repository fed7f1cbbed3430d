package io.github.costwise.answer.none;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.costwise.answer.none.Reading.ClauseWord;

/**
 * What a question tells of its answer. A question may quote other languages, so that it
 * is read in all. Immutable by convention.
 *
 * @param stems how its words begin
 * @param failure whether it speaks of failures
 * @param wording whether it asks for wording
 * @param stated whether it has the words of an answer that is none
 * @param meaning whether it asks what something means
 * @param value whether it asks for a number or a value
 */
record Asked(Set<String> stems, boolean failure, boolean wording, boolean stated, boolean meaning, boolean value) {

	/** Nothing was asked. */
	static final Asked NOTHING = new Asked(Set.of(), false, false, false, false, false);

	private static final int STEM = 5;

	static Asked of(List<Token> tokens, List<Words> languages) {
		boolean failure = false;
		boolean wording = false;
		boolean stated = false;
		boolean meaning = false;
		boolean value = false;
		for (Words language : languages) {
			Reading reading = Reading.of(tokens, List.of(language));
			failure |= reading.has(Mark.FAILURE);
			meaning |= reading.has(Mark.REASON);
			value |= reading.has(Mark.VALUE);
			wording |= reading.has(Mark.WORDING);
			stated |= reading.clauses().stream().map(ClauseEvidence::of).anyMatch(ClauseEvidence::isStated);
		}
		Set<String> stems = new HashSet<>();
		Reading.of(tokens, languages)
			.clauses()
			.forEach((clause) -> clause.words()
				.stream()
				.filter((word) -> word.isContent() || Character.isDigit(word.text().charAt(0))
						|| Mark.any(word.bits(), Mark.NUMBER))
				.forEach((word) -> stems.add(stem(word))));
		return new Asked(stems, failure, wording, stated, meaning, value);
	}

	static String stem(ClauseWord word) {
		return word.text().substring(0, Math.min(STEM, word.text().length()));
	}

}
