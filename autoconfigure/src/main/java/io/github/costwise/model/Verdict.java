package io.github.costwise.model;

/**
 * What a gate says of an answer.
 *
 * @param outcome the outcome
 * @param rule name of the rule that decided, fit for a meter's tag
 * @param detail why, in words without any text of the answer
 * @since 0.1.0
 */
public record Verdict(GateOutcome outcome, String rule, String detail) {

	/** No rule had anything to say. */
	public static final Verdict UNDECIDED = new Verdict(GateOutcome.UNDECIDED, "none", "no rule had anything to say");

	/**
	 * Returns the verdict that an answer is good enough.
	 * @param rule name of the rule that says so
	 * @param detail why, for people
	 * @return the verdict
	 */
	public static Verdict accepted(String rule, String detail) {
		return new Verdict(GateOutcome.ACCEPTED, rule, detail);
	}

	/**
	 * Returns the verdict that an answer is not good enough.
	 * @param rule name of the rule that says so
	 * @param detail why, for people
	 * @return the verdict
	 */
	public static Verdict rejected(String rule, String detail) {
		return new Verdict(GateOutcome.REJECTED, rule, detail);
	}

	/** What a gate may find. */
	public enum GateOutcome {

		/** Good enough. */
		ACCEPTED,

		/** A more capable model should answer. */
		REJECTED,

		/** The gate has nothing to go by; the answer stands. */
		UNDECIDED

	}

}
