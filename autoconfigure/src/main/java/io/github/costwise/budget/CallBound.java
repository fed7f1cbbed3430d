package io.github.costwise.budget;

import io.github.costwise.Money;
import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.spi.BudgetStore.Demand;
import io.github.costwise.spi.BudgetStore.OutputRange;

/**
 * The most that a call can use. Immutable.
 *
 * @param countedInput the input tokens that were counted
 * @param inputTokens most input tokens
 * @param fixedNanos most nano-dollars without output
 * @param likelyNanos nano-dollars without output, where as much of the input is cached as
 * was lately
 * @param nanosPerToken nano-dollars of each output token that may be asked for, of all
 * answers together, rounded up
 * @param output how many output tokens may be asked for
 * @param choices how many answers are asked for at once, each as long as the output
 * @param firstOfTurn whether it is the first call of its turn that budgets count
 * @since 0.1.0
 */
public record CallBound(long countedInput, long inputTokens, long fixedNanos, long likelyNanos, long nanosPerToken,
		OutputRange output, int choices, boolean firstOfTurn) {

	/** Of a call that is only counted, so that nobody need know how large it is. */
	public static final CallBound UNSIZED = new CallBound(0, 0, 0, 0, 0, new OutputRange(1, 1, 1, 1, true), 1, false);

	private static final BudgetAccount OF_TURN = new BudgetAccount("turn", "");

	/**
	 * Returns what it needs of an amount of money.
	 * @param limit the amount
	 * @return the demand, which no store keeps
	 */
	public Demand of(Money limit) {
		return new Demand(OF_TURN, BudgetSpan.TOTAL, limit.nanos(), 0, 0, this.fixedNanos, this.nanosPerToken, 0, true);
	}

	/**
	 * Returns the bound of the same call with fewer output tokens.
	 * @param cap how many may be asked for
	 * @return the bound
	 */
	public CallBound upTo(int cap) {
		if (cap == this.output.most()) {
			return this;
		}
		OutputRange range = new OutputRange(Math.min(cap, this.output.least()), Math.min(cap, this.output.most()),
				Math.min(cap, this.output.safe()), this.output.share(), this.output.firm());
		return new CallBound(this.countedInput, this.inputTokens, this.fixedNanos, this.likelyNanos, this.nanosPerToken,
				range, this.choices, this.firstOfTurn);
	}

	/**
	 * Returns the bound of the call as the first of its turn.
	 * @return the bound
	 */
	public CallBound first() {
		return new CallBound(this.countedInput, this.inputTokens, this.fixedNanos, this.likelyNanos, this.nanosPerToken,
				this.output, this.choices, true);
	}

	UsedUp whole(int outputCap) {
		return new UsedUp(this.fixedNanos + this.nanosPerToken * outputCap,
				TokenUsage.of(this.inputTokens, (long) this.choices * outputCap), true);
	}

}
