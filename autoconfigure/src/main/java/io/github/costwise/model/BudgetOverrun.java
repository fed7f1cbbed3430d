package io.github.costwise.model;

/**
 * What was booked past a limit. No call was admitted past it: a call cost more than the
 * most that was expected of it, or was not admitted at all. Immutable.
 *
 * @param unit what the budget counts
 * @param state the account
 * @param callId id of the call
 * @param amount how much of the call lies past the limit
 * @param cause why
 * @since 0.1.0
 */
public record BudgetOverrun(BudgetUnit unit, BudgetState state, String callId, long amount,
		OverrunCause cause) implements CostEvent {

	/** Why more was booked than the limit. */
	public enum OverrunCause {

		/** The call cost more than was held for it. */
		ABOVE_HOLD,

		/** The call was made past the budgets, and is booked when it is seen. */
		NOT_ADMITTED

	}

}
