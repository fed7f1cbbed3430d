package io.github.costwise.model;

import org.jspecify.annotations.Nullable;

/**
 * An answer to judge and what is known of it. Immutable and thread-safe.
 *
 * @param answer the text of the answer, possibly empty
 * @param state how it ended
 * @param second what a second cheap model answered, or {@code null} when none was asked
 * @param margin mean difference between the log-probabilities of the best and the second
 * best token, or {@code null} when the provider gives none
 * @param difficulty how difficult the request is, or {@code null} when nothing scored it
 * @since 0.1.0
 */
public record GatedAnswer(String answer, AnswerEnd state, @Nullable String second, @Nullable Double margin,
		@Nullable Difficulty difficulty) {

	/**
	 * Returns a candidate that ended as it should.
	 * @param answer the text
	 * @return the candidate
	 */
	public static GatedAnswer of(String answer) {
		return new GatedAnswer(answer, AnswerEnd.COMPLETE, null, null, null);
	}

	/**
	 * Returns this candidate in a state.
	 * @param state how it ended
	 * @return a candidate
	 */
	public GatedAnswer in(AnswerEnd state) {
		return new GatedAnswer(this.answer, state, this.second, this.margin, this.difficulty);
	}

	/**
	 * Returns this candidate beside a second answer.
	 * @param second what a second cheap model answered, or {@code null}
	 * @return a candidate
	 */
	public GatedAnswer beside(@Nullable String second) {
		return new GatedAnswer(this.answer, this.state, second, this.margin, this.difficulty);
	}

	/**
	 * Returns this candidate with a margin.
	 * @param margin mean log-probability margin, or {@code null}
	 * @return a candidate
	 */
	public GatedAnswer with(@Nullable Double margin) {
		return new GatedAnswer(this.answer, this.state, this.second, margin, this.difficulty);
	}

	/**
	 * Returns this candidate as the answer to a request of a difficulty.
	 * @param difficulty the difficulty, or {@code null}
	 * @return a candidate
	 */
	public GatedAnswer to(@Nullable Difficulty difficulty) {
		return new GatedAnswer(this.answer, this.state, this.second, this.margin, difficulty);
	}

	/**
	 * How difficult a request is for the cheap model.
	 *
	 * @param value the difficulty, as the router scored it
	 * @param model version of the routing model that scored it; only its difficulties are
	 * comparable
	 */
	public record Difficulty(double value, String model) {

	}

	/** How an answer ended, as far as the caller can tell. */
	public enum AnswerEnd {

		/** Whole, and valid where it had to follow a schema. */
		COMPLETE,

		/** Cut off by the limit of its length. */
		TRUNCATED,

		/** Not valid against the schema of the answer or of a tool's arguments. */
		INVALID,

		/** It calls tools and needs no text. */
		TOOL_CALLS,

		/**
		 * Withheld by the provider for its content; a capable model would do the same.
		 */
		WITHHELD

	}

}
