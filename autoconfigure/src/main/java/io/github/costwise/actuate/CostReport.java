package io.github.costwise.actuate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Money;
import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.CostSummary;
import io.github.costwise.model.TokenUsage;

/**
 * What {@code costs} answers: totals of a period and the most expensive features, models
 * and tenants in it. Amounts are a whole number of nano-dollars and, beside it, dollars
 * as decimal text with nine places. Immutable.
 *
 * @param from begin of the period, inclusive; {@code null} when it starts with the oldest
 * record
 * @param to end of the period, exclusive; {@code null} when it includes the newest record
 * @param currency always {@code USD}
 * @param totals sums over everything
 * @param unattributed the part of the cost that no feature is known for
 * @param features the most expensive features
 * @param models the most expensive models, as {@code provider/model}
 * @param tenants the most expensive tenants
 * @since 0.1.0
 */
record CostReport(@Nullable String from, @Nullable String to, String currency, ReportRow totals, Share unattributed,
		List<TopRow> features, List<TopRow> models, List<TopRow> tenants) {

	/**
	 * The rows of one dimension.
	 *
	 * @param dimension the selector that was asked for
	 * @param from begin of the period, inclusive, or {@code null}
	 * @param to end of the period, exclusive, or {@code null}
	 * @param currency always {@code USD}
	 * @param rows the rows, most expensive first; days in their order
	 * @param omittedRows how many rows the limit left out
	 */
	public record Listing(String dimension, @Nullable String from, @Nullable String to, String currency,
			List<ReportRow> rows, int omittedRows) {

	}

	/**
	 * Sums in short.
	 *
	 * @param key the value of the dimension
	 * @param turns how many turns
	 * @param calls how many calls
	 * @param totalTokens tokens of all kinds
	 * @param costNanoUsd what the calls cost
	 * @param costUsd the same in dollars
	 */
	public record TopRow(String key, long turns, long calls, long totalTokens, long costNanoUsd, String costUsd) {

		static TopRow of(CostSummary summary) {
			return new TopRow(summary.key(), summary.turns(), summary.calls(), total(summary.usage()),
					summary.cost().nanos(), usd(summary.cost()));
		}

	}

	/**
	 * Sums in full. The four token counts before the total are disjoint.
	 *
	 * @param key the value of the dimension, or {@code all}
	 * @param turns how many turns
	 * @param calls how many calls
	 * @param failedCalls calls that did not succeed
	 * @param inputTokens prompt tokens at the full rate
	 * @param cacheReadTokens prompt tokens read from provider caches
	 * @param cacheWriteTokens prompt tokens written to provider caches
	 * @param outputTokens generated tokens, reasoning included
	 * @param reasoningTokens the part of the generated tokens that is reasoning
	 * @param totalTokens tokens of all kinds
	 * @param webSearches searches billed by providers
	 * @param costNanoUsd what the calls cost
	 * @param costUsd the same in dollars
	 * @param savedNanoUsd what turns would have cost more without Costwise; may be
	 * negative
	 * @param savedUsd the same in dollars
	 * @param savedBy what it is made of
	 * @param shares what the cost is made of
	 * @param unknownPriceCalls calls whose model has no price, at zero in the cost
	 * @param unattributedCalls calls through the advisors but outside any scope
	 * @param unmanagedCalls calls past the advisors
	 */
	public record ReportRow(String key, long turns, long calls, long failedCalls, long inputTokens,
			long cacheReadTokens, long cacheWriteTokens, long outputTokens, long reasoningTokens, long totalTokens,
			long webSearches, long costNanoUsd, String costUsd, long savedNanoUsd, String savedUsd, SavedBy savedBy,
			Shares shares, long unknownPriceCalls, long unattributedCalls, long unmanagedCalls) {

		static ReportRow of(CostSummary summary) {
			TokenUsage usage = summary.usage();
			long output = usage.outputTokens();
			long input = usage.promptTokens() - usage.cacheReadTokens() - usage.cacheWriteTokens();
			return new ReportRow(summary.key(), summary.turns(), summary.calls(), summary.failedCalls(), input,
					usage.cacheReadTokens(), usage.cacheWriteTokens(), output, usage.get(BilledUnit.OUTPUT_REASONING),
					total(usage), usage.get(BilledUnit.WEB_SEARCH), summary.cost().nanos(), usd(summary.cost()),
					summary.saved().total().nanos(), usd(summary.saved().total()), SavedBy.of(summary.saved()),
					Shares.of(summary), summary.unknownPriceCalls(), summary.unattributedCalls(),
					summary.unmanagedCalls());
		}

	}

	/**
	 * What a cost is made of. Input, cached, output and other add up to the cost; the
	 * others are overlapping parts of the same cost.
	 *
	 * @param input prompt tokens at the full rate
	 * @param cached prompt tokens read from and written to provider caches
	 * @param output generated tokens
	 * @param other units that are not tokens
	 * @param retry failed, repeated and fallback calls
	 * @param estimated calls whose usage or price was estimated
	 * @param unattributed calls through the advisors but outside any scope
	 * @param unmanaged calls past the advisors
	 */
	public record Shares(Share input, Share cached, Share output, Share other, Share retry, Share estimated,
			Share unattributed, Share unmanaged) {

		static Shares of(CostSummary summary) {
			Money cost = summary.cost();
			return new Shares(Share.of(summary.input(), cost), Share.of(summary.cached(), cost),
					Share.of(summary.output(), cost), Share.of(summary.other(), cost), Share.of(summary.retry(), cost),
					Share.of(summary.estimated(), cost), Share.of(summary.unattributed(), cost),
					Share.of(summary.unmanaged(), cost));
		}

	}

	/**
	 * A part of a cost.
	 *
	 * @param costNanoUsd the amount
	 * @param costUsd the same in dollars
	 * @param shareOfCost the amount over the whole cost, 0 to 1 with four places; 0 when
	 * there is no cost
	 */
	public record Share(long costNanoUsd, String costUsd, BigDecimal shareOfCost) {

		private static final int PLACES = 4;

		static Share of(Money part, Money whole) {
			BigDecimal share = (whole.nanos() == 0) ? BigDecimal.ZERO.setScale(PLACES)
					: part.toUsd().divide(whole.toUsd(), PLACES, RoundingMode.HALF_EVEN);
			return new Share(part.nanos(), usd(part), share);
		}

	}

	static String usd(Money money) {
		return money.toUsd().toPlainString();
	}

	static long total(TokenUsage usage) {
		return usage.promptTokens() + usage.outputTokens();
	}

}
