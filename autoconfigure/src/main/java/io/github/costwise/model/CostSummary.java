package io.github.costwise.model;

import io.github.costwise.Money;

/**
 * Sums over calls and turns. {@code input + cached + output + other = cost}; retry spend,
 * estimated, unattributed and unmanaged spend are parts of the cost seen another way. A
 * turn may use several models, so {@code turns} and {@code saved} are zero when grouped
 * by model.
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

}
