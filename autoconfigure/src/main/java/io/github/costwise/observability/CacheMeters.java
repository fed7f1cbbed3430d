package io.github.costwise.observability;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.github.costwise.cache.Bypass;
import io.github.costwise.cache.Miss;
import io.github.costwise.cache.admission.Refusal;
import io.github.costwise.cache.response.CacheHit;
import io.github.costwise.cache.response.CacheStatistics;
import io.github.costwise.cache.response.PolicyCounters;

/**
 * Meters what the response cache did, by policy and reason: closed sets all of them.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class CacheMeters implements MeterBinder {

	private static final double USD = 1e-9;

	/** Eight besides those of the closed sets. */
	private static final int SERIES_OF_POLICY = 8 + CacheHit.HitKind.values().length + Miss.values().length
			+ Bypass.values().length + Refusal.values().length + PolicyCounters.ShadowOutcome.values().length;

	private final CacheStatistics statistics;

	private final List<String> policies;

	private final SeriesBudget budget;

	/**
	 * Creates the meters.
	 * @param statistics what the cache did
	 * @param policies names of the configured policies
	 * @param budget how many series the meters may have
	 */
	public CacheMeters(CacheStatistics statistics, Collection<String> policies, SeriesBudget budget) {
		this.statistics = statistics;
		this.budget = budget;
		this.policies = List.copyOf(policies);
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (String policy : this.policies) {
			if (this.budget.take(SERIES_OF_POLICY)) {
				new Binding(registry, Tags.of("policy", policy), this.statistics.policy(policy)).bind();
			}
		}
	}

	/** The meters of one policy. */
	private record Binding(MeterRegistry registry, Tags tags, PolicyCounters counters) {

		void bind() {
			for (CacheHit.HitKind kind : CacheHit.HitKind.values()) {
				count("hits", "Turns that the response cache answered", this.tags.and("kind", lower(kind)),
						(counted) -> counted.hits(kind));
			}
			for (Miss reason : Miss.values()) {
				count("misses", "Turns looked up in vain", reason(reason), (counted) -> counted.misses(reason));
			}
			for (Bypass reason : Bypass.values()) {
				count("bypasses", "Turns not looked up", reason(reason), (counted) -> counted.bypasses(reason));
			}
			for (Refusal reason : Refusal.values()) {
				count("refusals", "Answers not stored", reason(reason), (counted) -> counted.refusals(reason));
			}
			for (PolicyCounters.ShadowOutcome event : PolicyCounters.ShadowOutcome.values()) {
				count("shadow", "What would have happened, had the cache answered",
						this.tags.and("event", lower(event)), (counted) -> counted.shadow(event));
			}
			count("stored", "Answers stored", this.tags, PolicyCounters::storedAnswers);
			count("hits.stale", "Hits served stale while they were refreshed in the background", this.tags,
					PolicyCounters::staleHits);
			count("hits.wrong", "Hits marked as wrong", this.tags, PolicyCounters::wrongHits);
			money("saved", "What the answers of hits cost when they were given",
					(counted) -> counted.saved().nanos() * USD);
			money("shadow.saved", "What would have been saved, had the cache answered",
					(counted) -> counted.wouldHaveSaved().nanos() * USD);
			rateAndTime();
		}

		private void rateAndTime() {
			Gauge.builder("costwise.cache.hit.rate", this.counters, (counted) -> counted.window().hitRate())
				.description("Share of the latest turns, up to 1,000, that the response cache answered")
				.tags(this.tags)
				.strongReference(true)
				.register(this.registry);
			FunctionTimer
				.builder("costwise.cache.lookup", this.counters, PolicyCounters::lookups, PolicyCounters::lookupNanos,
						TimeUnit.NANOSECONDS)
				.description("Look-ups, encoding included")
				.tags(this.tags)
				.register(this.registry);
		}

		private Tags reason(Enum<?> reason) {
			return this.tags.and("reason", lower(reason));
		}

		private void count(String name, String description, Tags tagged, ToDoubleFunction<PolicyCounters> count) {
			FunctionCounter.builder("costwise.cache." + name, this.counters, count)
				.description(description)
				.tags(tagged)
				.register(this.registry);
		}

		private void money(String name, String description, ToDoubleFunction<PolicyCounters> amount) {
			FunctionCounter.builder("costwise.cache." + name, this.counters, amount)
				.description(description)
				.baseUnit("usd")
				.tags(this.tags)
				.register(this.registry);
		}

		private static String lower(Enum<?> value) {
			return value.name().toLowerCase(Locale.ROOT);
		}

	}

}
