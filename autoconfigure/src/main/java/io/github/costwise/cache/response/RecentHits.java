package io.github.costwise.cache.response;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.costwise.bounded.RecentMap;
import io.github.costwise.cache.verify.HitDecision.Accept;

/** The latest 10,000 hits, so that one can still be marked as wrong. Thread-safe. */
final class RecentHits {

	private static final int REMEMBERED = 10_000;

	private final Map<String, Remembered> hits = RecentMap.shared(REMEMBERED);

	void add(String hitId, Remembered hit) {
		this.hits.put(hitId, hit);
	}

	/** A hit is marked once. */
	@Nullable Remembered take(String hitId) {
		return this.hits.remove(hitId);
	}

	/**
	 * What is needed to learn that a hit was wrong.
	 *
	 * @param policy name of its policy
	 * @param learner who decided, or {@code null} for an equal question
	 * @param decision what was decided, or {@code null} for an equal question
	 */
	record Remembered(String policy, @Nullable GroupLearner learner, @Nullable Accept decision) {

	}

}
