package io.github.costwise.model;

/**
 * Why a request was sent to its tier. A closed set, fit for a meter's tag.
 *
 * @since 0.1.0
 */
public enum RoutingCause {

	/** The call asked for this target or tier. */
	PINNED,

	/** A rule of the user fitted. */
	RULE,

	/** The cheapest tier that is good enough by the score. */
	SCORE,

	/** Nothing to score by: the middle tier. */
	NO_SIGNAL,

	/** The tier of the last turns is kept for a while. */
	MOMENTUM,

	/** The provider's prompt cache is worth more than a cheaper tier. */
	WARM_PROMPT_CACHE,

	/** A budget is nearly used up: a cheaper tier than was chosen. */
	BUDGET

}
