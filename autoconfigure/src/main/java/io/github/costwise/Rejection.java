package io.github.costwise;

/**
 * Why a target was not chosen.
 *
 * @param target name of the target
 * @param reason the reason, fit for a meter's tag
 * @param detail what exactly was missing, in words
 * @since 0.1.0
 */
public record Rejection(String target, RejectionReason reason, String detail) {

	/**
	 * Reasons that speak against a target.
	 */
	public enum RejectionReason {

		/** It is less capable than the request needs. */
		TIER,

		/** It lacks a capability. */
		CAPABILITY,

		/** The prompt and the answer do not fit. */
		CONTEXT_WINDOW,

		/** It cannot write an answer of that length. */
		MAX_OUTPUT,

		/** It runs where the request must not go. */
		REGION,

		/** It would cost too much, or its price is not known. */
		COST,

		/** It is unavailable. */
		UNAVAILABLE

	}

}
