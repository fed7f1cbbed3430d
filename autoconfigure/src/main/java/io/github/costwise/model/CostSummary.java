package io.github.costwise.model;

import io.github.costwise.Money;

/**
 * Sums over calls and turns. {@code input + cached + output + other = cost}; retry spend,
 * estimated, unattributed and unmanaged spend are overlapping parts of the cost. A turn
 * may use several models, so {@code turns} and {@code saved} are zero when grouped by
 * model.
 *
 * @param key the value of the dimension; {@code all} for none asked, {@code unattributed}
 * for calls without a value
 * @param turns how many turns
 * @param calls how many calls
 * @param failedCalls calls that did not succeed
 * @param usage tokens and other units
 * @param cost what the calls cost
 * @param input part for prompt tokens at the full rate
 * @param cached part for prompt tokens read from or written to provider caches
 * @param output part for generated tokens
 * @param other part for units that are not tokens
 * @param retry part spent on failed, repeated and fallback calls
 * @param estimated part whose usage or price was estimated
 * @param unattributed part spent by calls through the advisors but outside any scope
 * @param unmanaged part spent by calls past the advisors
 * @param saved what turns would have cost more without Costwise
 * @param unknownPriceCalls calls whose model has no price
 * @param unattributedCalls calls through the advisors but outside any scope
 * @param unmanagedCalls calls past the advisors
 * @since 0.1.0
 */
public record CostSummary(String key, long turns, long calls, long failedCalls, TokenUsage usage, Money cost,
		Money input, Money cached, Money output, Money other, Money retry, Money estimated, Money unattributed,
		Money unmanaged, Savings saved, long unknownPriceCalls, long unattributedCalls, long unmanagedCalls) {

	/**
	 * Returns the sums over nothing.
	 * @param key the value of the dimension
	 * @return zeros
	 */
	public static CostSummary none(String key) {
		Money none = Money.ZERO;
		return new CostSummary(key, 0, 0, 0, TokenUsage.NONE, none, none, none, none, none, none, none, none, none,
				Savings.NONE, 0, 0, 0);
	}

	/**
	 * Returns the sums over one call.
	 * @param call the call
	 * @return its sums, with its id for a key
	 */
	public static CostSummary of(CallRecord call) {
		Price price = call.price();
		CallRecord.Coverage coverage = call.ending().coverage();
		boolean unattributed = coverage == CallRecord.Coverage.UNATTRIBUTED;
		boolean unmanaged = coverage == CallRecord.Coverage.UNMANAGED;
		return new CostSummary(call.id(), 0, 1, one(call.outcome() != CallRecord.Outcome.SUCCEEDED),
				call.usage().tokens(), price.amount(), price.input(), price.cached(), price.output(), price.other(),
				cost(call.isRetrySpend(), price), cost(call.isEstimated(), price), cost(unattributed, price),
				cost(unmanaged, price), Savings.NONE, one(price.state() == PriceState.UNKNOWN), one(unattributed),
				one(unmanaged));
	}

	private static long one(boolean counts) {
		return counts ? 1 : 0;
	}

	private static Money cost(boolean counts, Price price) {
		return counts ? price.amount() : Money.ZERO;
	}

	/**
	 * Returns the sums over one turn, which has no cost of its own.
	 * @param turn the turn
	 * @return its sums, with its id for a key
	 */
	public static CostSummary of(TurnRecord turn) {
		CostSummary none = none(turn.id());
		return new CostSummary(none.key, 1, 0, 0, none.usage, none.cost, none.input, none.cached, none.output,
				none.other, none.retry, none.estimated, none.unattributed, none.unmanaged, turn.cost().saved(), 0, 0,
				0);
	}

	/**
	 * Returns the sums over what this and others sum up.
	 * @param other the others
	 * @return the sums, with the key of this
	 */
	public CostSummary plus(CostSummary other) {
		return new CostSummary(this.key, this.turns + other.turns, this.calls + other.calls,
				this.failedCalls + other.failedCalls, this.usage.plus(other.usage), sum(this.cost, other.cost),
				sum(this.input, other.input), sum(this.cached, other.cached), sum(this.output, other.output),
				sum(this.other, other.other), sum(this.retry, other.retry), sum(this.estimated, other.estimated),
				sum(this.unattributed, other.unattributed), sum(this.unmanaged, other.unmanaged),
				this.saved.plus(other.saved), this.unknownPriceCalls + other.unknownPriceCalls,
				this.unattributedCalls + other.unattributedCalls, this.unmanagedCalls + other.unmanagedCalls);
	}

	private static Money sum(Money left, Money right) {
		return Money.saturated(left.nanos(), right.nanos());
	}

}
