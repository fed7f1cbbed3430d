package io.github.costwise;

/**
 * Why a budget does not admit a call.
 *
 * @since 0.1.0
 */
public enum BudgetRefusal {

	/** What calls in flight may still cost leaves no room; some of it may come back. */
	HOLDS,

	/** The limit is used up until the window ends, or the limit is raised. */
	SPENT,

	/** What the application holds for its work leaves no room for a call within it. */
	DRAWN,

	/** The call is larger than the whole limit. */
	NEVER_FITS,

	/** The budget is blocked. */
	BLOCKED,

	/** The store of the budget does not answer. */
	UNAVAILABLE

}
