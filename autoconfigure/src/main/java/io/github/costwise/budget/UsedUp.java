package io.github.costwise.budget;

import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.BudgetUnit;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.PriceState;
import io.github.costwise.model.TokenUsage;

/**
 * What a call used. Immutable.
 *
 * @param nanos nano-dollars
 * @param usage tokens
 * @param priced whether its price is known
 * @since 0.1.0
 */
public record UsedUp(long nanos, TokenUsage usage, boolean priced) {

	private static final long ALL = 100;

	/**
	 * Returns what a call used.
	 * @param call the call
	 * @return its cost and tokens
	 */
	public static UsedUp of(CallRecord call) {
		return new UsedUp(call.price().amount().nanos(), call.usage().tokens(),
				call.price().state() != PriceState.UNKNOWN);
	}

	/**
	 * Returns the sum of two.
	 * @param other the other one
	 * @return the sum
	 */
	public UsedUp plus(UsedUp other) {
		return new UsedUp(Math.addExact(this.nanos, other.nanos), this.usage.plus(other.usage),
				this.priced && other.priced);
	}

	long of(BudgetUnit unit, BudgetWeights weights, boolean application, boolean firstOfTurn) {
		return switch (unit) {
			case USD -> this.nanos;
			case TOKENS -> input(weights) + output(weights);
			case INPUT_TOKENS -> input(weights);
			case OUTPUT_TOKENS -> output(weights);
			case CALLS -> application ? 1 : 0;
			case TURNS -> (application && firstOfTurn) ? 1 : 0;
			case IN_FLIGHT -> 0;
		};
	}

	private long input(BudgetWeights weights) {
		return this.usage.promptTokens() - less(this.usage.cacheReadTokens(), weights.cachedPercent());
	}

	private long output(BudgetWeights weights) {
		return this.usage.outputTokens()
				- less(this.usage.get(BilledUnit.OUTPUT_REASONING), weights.reasoningPercent());
	}

	/** What does not count, rounded down. */
	private static long less(long tokens, int percent) {
		return tokens * (ALL - percent) / ALL;
	}

}
