package io.github.costwise.actuate;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What {@code costcache} answers: what the response cache did since start, and holds.
 * Names no question and no answer. Immutable.
 *
 * @param policies what it did for each policy that had a turn
 * @param store what the store holds, or {@code null} when it cannot be asked
 * @param learning what was learnt, by learning group
 * @param judging what became of comparisons of answers
 * @param lostLabels labels given up because their log could not take them
 * @param advice what would make the cache answer more, or more safely
 * @since 0.1.0
 */
record CostCacheReport(Map<String, CachePolicyReport> policies, @Nullable Store store,
		Map<String, GroupReport> learning, Map<String, Long> judging, long lostLabels, List<String> advice) {

	/**
	 * What the cache did for one policy. Reasons that never applied are left out.
	 *
	 * @param mode how much it may do
	 * @param recent the latest turns, up to 1,000
	 * @param hits turns answered, by how the answer was found
	 * @param misses turns looked up in vain, by reason
	 * @param bypasses turns not looked up, by reason
	 * @param stored answers stored
	 * @param refusals answers not stored, by reason
	 * @param staleHits hits served stale while they were refreshed in the background
	 * @param wrongHits hits marked as wrong
	 * @param savedNanoUsd what the answers of hits cost when they were given
	 * @param savedUsd the same in dollars
	 * @param shadow what would have happened, in mode {@code observe}
	 * @param meanLookupMicros mean time of a look-up, encoding included
	 */
	public record CachePolicyReport(String mode, RecentTurns recent, Map<String, Long> hits, Map<String, Long> misses,
			Map<String, Long> bypasses, long stored, Map<String, Long> refusals, long staleHits, long wrongHits,
			long savedNanoUsd, String savedUsd, CacheShadow shadow, double meanLookupMicros) {

	}

	/**
	 * The latest turns.
	 *
	 * @param turns how many, up to 1,000
	 * @param hitRate share that the cache answered
	 * @param bypassRate share that was not looked up
	 */
	public record RecentTurns(int turns, double hitRate, double bypassRate) {

	}

	/**
	 * What would have happened, had the cache answered.
	 *
	 * @param exactHits turns whose question was asked before
	 * @param semanticHits turns that would have got the answer to a similar question
	 * @param wrong how many of these answers said something else than the fresh one
	 * @param right how many said the same
	 * @param savedNanoUsd what would have been saved
	 * @param savedUsd the same in dollars
	 */
	public record CacheShadow(long exactHits, long semanticHits, long wrong, long right, long savedNanoUsd,
			String savedUsd) {

	}

	/**
	 * What the store holds.
	 *
	 * @param type class of the store
	 * @param entries entries held, -1 when unknown
	 * @param bytes memory held, -1 when unknown
	 * @param maxEntries most entries it may hold
	 * @param evicted entries removed to make room for others
	 * @param expired entries removed because they had expired, -1 when unknown
	 * @param unreadable entries that could not be read
	 */
	public record Store(String type, long entries, long bytes, long maxEntries, long evicted, long expired,
			long unreadable) {

	}

	/**
	 * What a learning group has learnt.
	 *
	 * @param labels fresh answers it learnt from
	 * @param threshold from which probability on it serves; above 1 it serves nothing yet
	 * @param guards guards that object
	 * @param judgementNoise share of equal answers that is judged to differ, its lower
	 * limit
	 */
	public record GroupReport(long labels, double threshold, List<String> guards, double judgementNoise) {

	}

}
