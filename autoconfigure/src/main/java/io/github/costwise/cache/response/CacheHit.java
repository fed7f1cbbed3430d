package io.github.costwise.cache.response;

import java.time.Duration;

import io.github.costwise.Money;
import io.github.costwise.model.CachedAnswer;

/**
 * An answer that the cache gives. Immutable.
 *
 * @param id names this hit, for {@link io.github.costwise.CostCache#markWrong(String)}
 * @param kind how it was found
 * @param entryId id of the entry
 * @param answer the answer
 * @param similarity cosine of the two questions, 1 where they are equal
 * @param probability how probable it is that the answer is right, 1 where the questions
 * are equal
 * @param age since the answer was given
 * @param stale whether it is stale and is being refreshed in the background
 * @since 0.1.0
 */
public record CacheHit(String id, HitKind kind, String entryId, CachedAnswer answer, double similarity,
		double probability, Duration age, boolean stale) {

	/**
	 * Returns what the answer cost when it was given.
	 * @return the amount that a hit does not cost again
	 */
	public Money saved() {
		return this.answer.cost();
	}

	/** How an answer was found. */
	public enum HitKind {

		/** The same question was asked before. */
		EXACT,

		/** A similar question was asked before. */
		SEMANTIC,

		/** The same question was being asked at the same time. */
		SHARED

	}

}
