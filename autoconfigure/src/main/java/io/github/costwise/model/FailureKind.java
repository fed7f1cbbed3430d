package io.github.costwise.model;

/**
 * What went wrong with a call, as far as it matters for what to do next.
 *
 * @since 0.1.0
 */
public enum FailureKind {

	/** Too many requests, or the quota is used up. */
	RATE_LIMITED(true, Reaction.NEXT),

	/** The provider failed or is overloaded. */
	SERVER_ERROR(true, Reaction.NEXT),

	/** No answer in time. */
	TIMED_OUT(true, Reaction.NEXT),

	/** The connection was refused, reset or cut. */
	CONNECTION(true, Reaction.NEXT),

	/** Prompt and answer do not fit into the context window. */
	CONTEXT_TOO_LONG(false, Reaction.LARGER_WINDOW),

	/** The provider's content policy refused the prompt or the answer. */
	CONTENT_POLICY(false, Reaction.STOP),

	/** The key is missing, wrong or lacks a permission. */
	AUTHENTICATION(true, Reaction.OTHER_PROVIDER),

	/** The model or deployment does not exist, or no longer. */
	MODEL_MISSING(true, Reaction.NEXT),

	/** The request is wrong and would be wrong anywhere; programming errors too. */
	INVALID_REQUEST(false, Reaction.STOP),

	/** The answer could not be read. */
	MALFORMED_ANSWER(true, Reaction.NEXT),

	/** Costwise or the application stopped the call. */
	STOPPED(false, Reaction.STOP),

	/** Anything else. */
	UNKNOWN(false, Reaction.NEXT);

	private final boolean healthRelated;

	private final Reaction reaction;

	FailureKind(boolean healthRelated, Reaction reaction) {
		this.healthRelated = healthRelated;
		this.reaction = reaction;
	}

	/**
	 * Returns whether such a failure says that its target is not well, rather than that
	 * the request did not suit it.
	 * @return whether it counts against the target's health
	 */
	public boolean isHealthRelated() {
		return this.healthRelated;
	}

	/**
	 * Returns whether no policy may try another target after such a failure.
	 * @return whether the reaction is always {@link Reaction#STOP}
	 */
	public boolean isFinal() {
		return this == STOPPED || this == INVALID_REQUEST;
	}

	/**
	 * Returns what is done unless a policy says otherwise.
	 * @return the reaction
	 */
	public Reaction defaultReaction() {
		return this.reaction;
	}

}
