package io.github.costwise.budget;

import io.github.costwise.model.BudgetUnit;
import io.github.costwise.model.CallRecord;

/**
 * What a call used. Immutable.
 *
 * @param nanos nano-dollars
 * @param inputTokens input tokens, cached ones included
 * @param outputTokens output tokens, reasoning included
 * @since 0.1.0
 */
public record UsedUp(long nanos, long inputTokens, long outputTokens) {

	/**
	 * Returns what a call used.
	 * @param call the call
	 * @return its cost and tokens
	 */
	public static UsedUp of(CallRecord call) {
		return new UsedUp(call.price().amount().nanos(), call.usage().promptTokens(), call.usage().outputTokens());
	}

	/**
	 * Returns the sum of two.
	 * @param other the other one
	 * @return the sum
	 */
	public UsedUp plus(UsedUp other) {
		return new UsedUp(Math.addExact(this.nanos, other.nanos), this.inputTokens + other.inputTokens,
				this.outputTokens + other.outputTokens);
	}

	long of(BudgetUnit unit, boolean application, boolean firstOfTurn) {
		return switch (unit) {
			case USD -> this.nanos;
			case TOKENS -> this.inputTokens + this.outputTokens;
			case INPUT_TOKENS -> this.inputTokens;
			case OUTPUT_TOKENS -> this.outputTokens;
			case CALLS -> application ? 1 : 0;
			case TURNS -> (application && firstOfTurn) ? 1 : 0;
			case IN_FLIGHT -> 0;
		};
	}

}
