package io.github.costwise.cache.response;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Money;

/**
 * Counts what an exact cache would have saved without keeping any text: of the latest
 * 20,000 questions a digest, the cost of the answer and its end. Thread-safe.
 */
final class ExactShadow {

	private static final int REMEMBERED = 20_000;

	private final Map<String, Answered> answers = new LinkedHashMap<>(16, .75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.@Nullable Entry<String, Answered> eldest) {
			return size() > REMEMBERED;
		}

	};

	void observe(String id, Instant now, PolicyCounters counters) {
		Money cost = find(id, now.toEpochMilli());
		if (cost != null) {
			counters.observed(PolicyCounters.Shadow.EXACT_HIT, cost);
		}
	}

	private synchronized @Nullable Money find(String id, long nowMillis) {
		Answered answered = this.answers.get(id);
		return (answered != null && nowMillis < answered.endMillis()) ? answered.cost() : null;
	}

	synchronized void put(String id, Money cost, long endMillis) {
		this.answers.put(id, new Answered(cost, endMillis));
	}

	private record Answered(Money cost, long endMillis) {

	}

}
