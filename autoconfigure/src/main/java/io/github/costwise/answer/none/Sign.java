package io.github.costwise.answer.none;

/**
 * A feature of a text, and what it weighs: above zero for a text that is no answer. The
 * weights were fitted by logistic regression to labelled texts of twelve languages, then
 * rounded by hand.
 */
enum Sign {

	/** Weighed for each text. */
	BASE(1.5),

	/** The speaker is not able or not willing. */
	UNABLE(0),

	/** The speaker is not able to do what assistants do. */
	UNABLE_TO_ACT(1.5),

	/** Something asked cannot be done, whoever would. */
	NOT_DONE(0.5),

	/** The speaker does not know or understand. */
	UNKNOWING(0.5),

	/** There is no information. */
	NO_DATA(0.5),

	/** What was given does not say it. */
	NOT_GIVEN(1),

	/** The speaker does not do something. */
	DENIED(-0.75),

	/** Something failed. */
	FAILURE(0),

	/** More words of failure, up to three. */
	MORE_FAILURE(0.25),

	/** Asks to try again. */
	RETRY(0.5),

	/** Begins with an apology. */
	APOLOGY(0.25),

	/** Asks back or sends elsewhere. */
	BACK(1),

	/** Speaks of itself as a machine. */
	MACHINE(0.5),

	/** Nothing but such words. */
	NOTHING_ELSE(0.5),

	/** A single word, which may be what was asked for. */
	LONE(-4),

	/** The first such words stand after the first sentence. */
	LATE(-0.5),

	/** Words besides, in the same clauses, up to twelve, by four. */
	WORDS_BESIDE(-0.25),

	/** Words besides, in clauses of their own, up to six, by four. */
	WORDS_APART(-1.5),

	/** Further words of that kind, up to twenty, by ten. */
	MANY_APART(-0.5),

	/** A contrast that such words follow. */
	CONTRAST(-1),

	/** Numbers, up to three. */
	NUMBERS(-1),

	/** Signs of code, up to eight, by four. */
	CODE(-0.25),

	/** Explains. */
	REASON(-1),

	/** Speaks of somebody else where such words stand. */
	OTHERS(-0.25),

	/** Only one word of failure, and nothing of the kinds above. */
	FAILURE_ALONE(-0.75),

	/** Says yes or no first. */
	VERDICT(-1),

	/** Has the words of the question, up to three. */
	ECHO(-0.25),

	/** The question speaks of failures, as the answer does. */
	ASKED_FAILURE(-0.75),

	/** The question asks for wording. */
	ASKED_WORDING(-1),

	/** The question asks for wording and has the same in it. */
	ASKED_SAME(-2);

	private final double weight;

	Sign(double weight) {
		this.weight = weight;
	}

	double weight() {
		return this.weight;
	}

}
