package io.github.costwise.cache.response;

import java.time.Instant;
import java.util.Map;

import io.github.costwise.Money;
import io.github.costwise.bounded.RecentMap;

/**
 * Counts what an exact cache would have saved without keeping any text: of the latest
 * 20,000 questions a digest, the cost of the answer and its end. Thread-safe.
 */
final class ExactShadow {

	private static final int REMEMBERED = 20_000;

	private final Map<String, Answered> answers = RecentMap.shared(REMEMBERED);

	void observe(String id, Instant now, PolicyCounters counters) {
		Answered answered = this.answers.get(id);
		if (answered != null && now.toEpochMilli() < answered.endMillis()) {
			counters.observed(PolicyCounters.ShadowOutcome.EXACT_HIT, answered.cost());
		}
	}

	void put(String id, Money cost, long endMillis) {
		this.answers.put(id, new Answered(cost, endMillis));
	}

	private record Answered(Money cost, long endMillis) {

	}

}
