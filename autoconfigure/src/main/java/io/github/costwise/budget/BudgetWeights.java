package io.github.costwise.budget;

/**
 * How a budget counts. Immutable.
 *
 * @param cachedPercent how much a token counts that was read from a provider's cache, in
 * percents of one that was not
 * @param reasoningPercent how much a token of reasoning counts that is billed apart
 * @param likely whether calls hold what they are likely to cost, with the share of their
 * input that was cached lately, rather than the most; what they cost beyond is an overrun
 * @param fromLedger whether what the ledger knows of the present window counts at start
 * @since 0.1.0
 */
public record BudgetWeights(int cachedPercent, int reasoningPercent, boolean likely, boolean fromLedger) {

	/**
	 * Every token counts, calls hold the most, and what was spent before the start
	 * counts.
	 */
	public static final BudgetWeights DEFAULT = new BudgetWeights(100, 100, false, true);

	/**
	 * Creates weights.
	 * @throws IllegalArgumentException if a percent is out of range
	 */
	public BudgetWeights {
		if (cachedPercent < 0 || cachedPercent > 100 || reasoningPercent < 0 || reasoningPercent > 100) {
			throw new IllegalArgumentException("weights of tokens lie between 0 and 100 percent");
		}
	}

}
