package io.github.costwise.observability;

import java.util.Locale;

import io.github.costwise.model.TurnRecord;
import io.github.costwise.model.TurnRecord.CacheOutcome;
import io.github.costwise.model.TurnRecord.TurnOutcome;

/**
 * The meters of turns that share their tags. Savings may be negative, which a counter
 * cannot be: gains and losses are counted apart. Thread-safe.
 *
 * @param meters where they are
 */
record TurnMeters(LazyMeters meters) {

	private static final Series[][] TURNS = turns();

	private static final Series GAINED = CallMeters.cost("costwise.saved",
			"What turns would have cost more without Costwise", "effect", "gain");

	private static final Series LOST = CallMeters.cost("costwise.saved",
			"What turns would have cost more without Costwise", "effect", "loss");

	private static Series[][] turns() {
		Series[][] turns = new Series[TurnOutcome.values().length][CacheOutcome.values().length];
		for (TurnOutcome outcome : TurnOutcome.values()) {
			for (CacheOutcome cache : CacheOutcome.values()) {
				turns[outcome.ordinal()][cache.ordinal()] = new Series("costwise.turns",
						"Requests to a ChatClient as the user sees them", null, "outcome", lower(outcome), "cache",
						lower(cache));
			}
		}
		return turns;
	}

	void record(TurnRecord turn) {
		this.meters.time(TURNS[turn.outcome().ordinal()][turn.cacheOutcome().ordinal()], turn.timing().latency());
		double saved = CallMeters.usd(turn.cost().saved().total());
		this.meters.count(GAINED, saved);
		this.meters.count(LOST, -saved);
	}

	private static String lower(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

}
