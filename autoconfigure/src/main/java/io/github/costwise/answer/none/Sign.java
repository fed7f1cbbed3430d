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
	UNABLE(0.75),

	/** The speaker is not able to do what assistants do. */
	UNABLE_TO_ACT(1),

	/** Something asked cannot be done, whoever would. */
	NOT_DONE(0.5),

	/** The speaker does not know or understand. */
	UNKNOWING(0.25),

	/** There is no information. */
	NO_DATA(0.75),

	/** What was given does not say it. */
	NOT_GIVEN(0.5),

	/** The speaker does not do something. */
	DENIED(-0.75),

	/** Something failed. */
	FAILURE(1.75),

	/** More words of failure, up to three. */
	MORE_FAILURE(0.5),

	/** Asks to try again. */
	RETRY(1.75),

	/** Begins with an apology. */
	APOLOGY(0.25),

	/** Asks back or sends elsewhere. */
	BACK(1.75),

	/** Speaks of itself as a machine. */
	MACHINE(1),

	/** Nothing but such words. */
	NOTHING_ELSE(1.25),

	/** A single word, which may be what was asked for. */
	LONE(-4.25),

	/** The first such words stand after the first sentence. */
	LATE(-0.25),

	/** Words besides, in the same clauses, up to twelve, by four. */
	WORDS_BESIDE(-2.75),

	/** Words besides, in clauses of their own, up to six, by four. */
	WORDS_APART(-3.5),

	/** Words of reasons and offers after a firm statement, up to twenty, by four. */
	WORDS_AFTER(0.25),

	/** States firmly that there is no answer. */
	FIRM(2),

	/** Has the form of a machine's report. */
	REPORT(1),

	/** Asks the reader something. */
	ASKING(1.5),

	/** Speaks of a third person. */
	THIRD(-1.5),

	/** Further words of that kind, up to twenty, by ten. */
	MANY_APART(-0.75),

	/** A contrast that such words follow. */
	CONTRAST(-2.25),

	/** Numbers, up to three. */
	NUMBERS(-2.25),

	/** Signs of code, up to eight, by four. */
	CODE(-0.5),

	/** Explains. */
	REASON(-3.75),

	/** Speaks of somebody else where such words stand. */
	OTHERS(1),

	/** Only one word of failure, and nothing of the kinds above. */
	FAILURE_ALONE(-1.5),

	/** Says yes or no first. */
	VERDICT(-0.75),

	/** Has the words of the question, up to three. */
	ECHO(-0.75),

	/** The question speaks of failures, as the answer does. */
	ASKED_FAILURE(-2.75),

	/** And asks what they mean. */
	ASKED_MEANING(-3),

	/** The question itself has words of an answer that is none. */
	ASKED_STATED(-0.5),

	/** The question asks for wording. */
	ASKED_WORDING(-1),

	/** The question asks for wording and has the same in it. */
	ASKED_SAME(-7.5);

	private final double weight;

	Sign(double weight) {
		this.weight = weight;
	}

	double weight() {
		return this.weight;
	}

}
