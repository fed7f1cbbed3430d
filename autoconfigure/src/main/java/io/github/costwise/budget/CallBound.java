package io.github.costwise.budget;

import io.github.costwise.spi.BudgetStore.OutputRange;

/**
 * The most that a call can use. Immutable.
 *
 * @param countedInput the input tokens that were counted
 * @param inputTokens most input tokens
 * @param fixedNanos most nano-dollars without output
 * @param nanosPerToken nano-dollars of each output token, rounded up
 * @param output how many output tokens may be asked for
 * @param firstOfTurn whether it is the first call of its turn
 * @since 0.1.0
 */
public record CallBound(long countedInput, long inputTokens, long fixedNanos, long nanosPerToken,
		OutputRange output, boolean firstOfTurn) {

	UsedUp whole(int outputCap) {
		return new UsedUp(this.fixedNanos + this.nanosPerToken * outputCap, this.inputTokens, outputCap);
	}

}
