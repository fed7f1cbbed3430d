package io.github.costwise.observability;

import java.util.Locale;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

import io.github.costwise.accounting.TurnRecord;
import io.github.costwise.accounting.TurnRecord.CacheOutcome;
import io.github.costwise.accounting.TurnRecord.Outcome;

/**
 * The meters of turns that share their tags. Savings may be negative, which a counter
 * cannot be: gains and losses are counted apart. Thread-safe.
 */
final class TurnMeters {

	private final Timer[][] turns = new Timer[Outcome.values().length][CacheOutcome.values().length];

	private final Counter gained;

	private final Counter lost;

	TurnMeters(MeterRegistry registry, Tags tags) {
		for (Outcome outcome : Outcome.values()) {
			for (CacheOutcome cache : CacheOutcome.values()) {
				this.turns[outcome.ordinal()][cache.ordinal()] = Timer.builder("costwise.turns")
					.description("Requests to a ChatClient as the user sees them")
					.tags(tags.and("outcome", lower(outcome), "cache", lower(cache)))
					.register(registry);
			}
		}
		this.gained = CallMeters.cost(registry, "costwise.saved", tags.and("effect", "gain"),
				"What turns would have cost more without Costwise");
		this.lost = CallMeters.cost(registry, "costwise.saved", tags.and("effect", "loss"),
				"What turns would have cost more without Costwise");
	}

	void record(TurnRecord turn) {
		this.turns[turn.outcome().ordinal()][turn.cacheOutcome().ordinal()].record(turn.latency());
		double saved = CallMeters.usd(turn.saved().total());
		if (saved >= 0) {
			this.gained.increment(saved);
		}
		else {
			this.lost.increment(-saved);
		}
	}

	private static String lower(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

}
