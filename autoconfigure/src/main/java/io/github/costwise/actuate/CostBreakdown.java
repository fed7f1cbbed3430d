package io.github.costwise.actuate;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.CostAnswer;
import io.github.costwise.model.CostDimension;
import io.github.costwise.model.CostQuery;
import io.github.costwise.model.CostSummary;
import io.github.costwise.model.TokenUsage;

/**
 * What {@code costs} answers to a request with dimensions or filters. Rows, omitted and
 * undistinguished exclude each other. Immutable.
 *
 * @param by the dimensions of a row
 * @param filters what every call and turn must be; an empty text for none
 * @param zone where hours and days begin
 * @param from begin of the period, inclusive, or {@code null}
 * @param to end of the period, exclusive, or {@code null}
 * @param currency always {@code USD}
 * @param complete whether rows and omitted hold everything that was asked for
 * @param coveredFrom from when on the rows hold everything, or {@code null} when that is
 * since ever
 * @param gaps why the answer is not complete, a clause each
 * @param rows the rows, in the order of time where hours or days are asked for, else
 * those that cost most first
 * @param omitted what the limit left out, or {@code null} for nothing
 * @param undistinguished what may or may not belong to the rows, or {@code null} for
 * nothing
 * @since 0.1.0
 */
record CostBreakdown(List<String> by, Map<String, String> filters, String zone, @Nullable String from,
		@Nullable String to, String currency, boolean complete, @Nullable String coveredFrom, List<String> gaps,
		List<BreakdownLine> rows, @Nullable Omitted omitted, @Nullable BreakdownSums undistinguished) {

	static CostBreakdown of(CostQuery query, CostAnswer answer, boolean hasEnd) {
		Map<String, String> filters = new LinkedHashMap<>();
		query.filters()
			.forEach((filter) -> filters.put(filter.dimension().toString(),
					(filter.value() != null) ? filter.value() : ""));
		boolean turns = answer.countsTurns();
		CostAnswer.Rest rest = answer.rest();
		CostSummary untold = answer.undistinguished();
		return new CostBreakdown(query.by().stream().map(CostDimension::toString).toList(), filters,
				query.zone().getId(), unlessEver(query.from()), hasEnd ? query.to().toString() : null, "USD",
				answer.complete(), unlessEver(answer.from()), answer.gaps(),
				answer.rows().stream().map((row) -> BreakdownLine.of(query, row, turns)).toList(),
				(rest != null) ? new Omitted(rest.rows(), BreakdownSums.of(rest.sums(), turns)) : null,
				(untold != null) ? BreakdownSums.of(untold, turns) : null);
	}

	private static @Nullable String unlessEver(Instant from) {
		return from.equals(Instant.EPOCH) ? null : from.toString();
	}

	/**
	 * What has the same values.
	 *
	 * @param values the value of each dimension, {@code null} for none
	 * @param sums the sums
	 */
	public record BreakdownLine(Map<String, @Nullable String> values, BreakdownSums sums) {

		private static BreakdownLine of(CostQuery query, CostAnswer.Row row, boolean turns) {
			Map<String, @Nullable String> values = new LinkedHashMap<>();
			for (int i = 0; i < query.by().size(); i++) {
				values.put(query.by().get(i).toString(), row.values().get(i));
			}
			return new BreakdownLine(values, BreakdownSums.of(row.sums(), turns));
		}

	}

	/**
	 * What the limit left out.
	 *
	 * @param rows how many rows
	 * @param sums their sums
	 */
	public record Omitted(long rows, BreakdownSums sums) {

	}

	/**
	 * Sums over calls, and over turns where no dimension is of calls alone. The four
	 * token counts before the total are disjoint; exact and estimated add up to the cost.
	 *
	 * @param turns how many turns, or {@code null} where they are not counted
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
	 * @param exactNanoUsd the part that is exact
	 * @param estimatedNanoUsd the part whose usage or price was estimated
	 * @param retryNanoUsd the part spent on failed, repeated and fallback calls
	 * @param unknownPriceCalls calls whose model has no price, at zero in the cost
	 * @param savedNanoUsd what the turns would have cost more without Costwise, net of
	 * its own calls, or {@code null} where turns are not counted
	 * @param savedUsd the same in dollars
	 * @param savedBy what it is made of
	 */
	public record BreakdownSums(@Nullable Long turns, long calls, long failedCalls, long inputTokens,
			long cacheReadTokens, long cacheWriteTokens, long outputTokens, long reasoningTokens, long totalTokens,
			long webSearches, long costNanoUsd, String costUsd, long exactNanoUsd, long estimatedNanoUsd,
			long retryNanoUsd, long unknownPriceCalls, @Nullable Long savedNanoUsd, @Nullable String savedUsd,
			@Nullable SavedBy savedBy) {

		private static BreakdownSums of(CostSummary sums, boolean turns) {
			TokenUsage usage = sums.usage();
			long cost = sums.cost().nanos();
			long input = usage.promptTokens() - usage.cacheReadTokens() - usage.cacheWriteTokens();
			return new BreakdownSums(turns ? sums.turns() : null, sums.calls(), sums.failedCalls(), input,
					usage.cacheReadTokens(), usage.cacheWriteTokens(), usage.outputTokens(),
					usage.get(BilledUnit.OUTPUT_REASONING), CostReport.total(usage), usage.get(BilledUnit.WEB_SEARCH),
					cost, CostReport.usd(sums.cost()), cost - sums.estimated().nanos(), sums.estimated().nanos(),
					sums.retry().nanos(), sums.unknownPriceCalls(), turns ? sums.saved().total().nanos() : null,
					turns ? CostReport.usd(sums.saved().total()) : null, turns ? SavedBy.of(sums.saved()) : null);
		}

	}

}
