package io.github.costwise.actuate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;

import io.github.costwise.cache.Bypass;
import io.github.costwise.cache.Miss;
import io.github.costwise.cache.admission.Refusal;
import io.github.costwise.cache.learning.JudgeStats;
import io.github.costwise.cache.response.CacheHit;
import io.github.costwise.cache.response.LearningGroups;
import io.github.costwise.cache.response.PolicyCounters;
import io.github.costwise.cache.response.ResponseCache;
import io.github.costwise.cache.response.SemanticTier;
import io.github.costwise.cache.verify.LearningGroup;
import io.github.costwise.cache.verify.LearningState;
import io.github.costwise.model.CacheStats;
import io.github.costwise.pipeline.CachePillar;
import io.github.costwise.pipeline.CostPolicies;
import io.github.costwise.spi.CacheStoreException;
import io.github.costwise.spi.ResponseCacheStore;

/** Makes reports of the response cache. */
final class CostCacheReports {

	private static final double NANOS_PER_MICRO = 1_000;

	private final ResponseCache cache;

	private final ResponseCacheStore store;

	private final CostPolicies policies;

	CostCacheReports(ResponseCache cache, ResponseCacheStore store, CostPolicies policies) {
		this.cache = cache;
		this.store = store;
		this.policies = policies;
	}

	CostCacheReport report() {
		Map<String, CostCacheReport.CachePolicyReport> reports = new TreeMap<>();
		List<String> advice = new ArrayList<>();
		this.cache.statistics().policies().forEach((name, counters) -> {
			reports.put(name, policy(name, counters));
			advice.addAll(CostCacheAdvice.of(name, counters));
		});
		SemanticTier semantic = this.cache.semantic();
		return new CostCacheReport(reports, store(), (semantic != null) ? groups(semantic.groups()) : Map.of(),
				(semantic != null) ? judging(semantic.judging()) : Map.of(),
				(semantic != null) ? semantic.groups().lostLabels() : 0, advice);
	}

	private CostCacheReport.CachePolicyReport policy(String name, PolicyCounters counters) {
		return new CostCacheReport.CachePolicyReport(lower(CachePillar.POLICY.of(this.policies.get(name)).mode()),
				new CostCacheReport.RecentTurns(counters.window().size(), counters.window().hitRate(),
						counters.window().bypassRate()),
				counts(CacheHit.HitKind.values(), counters::hits), counts(Miss.values(), counters::misses),
				counts(Bypass.values(), counters::bypasses), counters.storedAnswers(),
				counts(Refusal.values(), counters::refusals), counters.staleHits(), counters.wrongHits(),
				counters.saved().nanos(), CostReport.usd(counters.saved()), shadow(counters),
				(counters.lookups() == 0) ? 0 : counters.lookupNanos() / NANOS_PER_MICRO / counters.lookups());
	}

	private static CostCacheReport.CacheShadow shadow(PolicyCounters counters) {
		return new CostCacheReport.CacheShadow(counters.shadow(PolicyCounters.ShadowOutcome.EXACT_HIT),
				counters.shadow(PolicyCounters.ShadowOutcome.SEMANTIC_HIT),
				counters.shadow(PolicyCounters.ShadowOutcome.WRONG),
				counters.shadow(PolicyCounters.ShadowOutcome.RIGHT), counters.wouldHaveSaved().nanos(),
				CostReport.usd(counters.wouldHaveSaved()));
	}

	private CostCacheReport.@Nullable Store store() {
		try {
			CacheStats stats = this.store.stats();
			return new CostCacheReport.Store(this.store.getClass().getSimpleName(), stats.entries(), stats.bytes(),
					stats.maxEntries(), stats.evicted(), stats.expired(), stats.unreadable());
		}
		catch (CacheStoreException ex) {
			return null;
		}
	}

	private static Map<String, CostCacheReport.GroupReport> groups(LearningGroups learning) {
		Map<String, CostCacheReport.GroupReport> groups = new LinkedHashMap<>();
		learning.groups().forEach((name, group) -> groups.put(name, group(group)));
		return groups;
	}

	private static CostCacheReport.GroupReport group(LearningGroup group) {
		LearningState state = group.state();
		return new CostCacheReport.GroupReport(state.labels(), state.threshold(),
				state.guards().stream().map(CostCacheReports::lower).sorted().toList(), state.noise());
	}

	private static Map<String, Long> judging(JudgeStats stats) {
		Map<String, Long> counts = new LinkedHashMap<>();
		counts.put("compared", stats.compared());
		counts.put("asked", stats.asked());
		counts.put("overBudget", stats.overBudget());
		counts.put("failed", stats.failed());
		counts.put("dropped", stats.dropped());
		return counts;
	}

	private static <E extends Enum<E>> Map<String, Long> counts(E[] values, ToLongFunction<E> count) {
		Map<String, Long> counts = new LinkedHashMap<>();
		for (E value : values) {
			long counted = count.applyAsLong(value);
			if (counted > 0) {
				counts.put(lower(value), counted);
			}
		}
		return counts;
	}

	static String lower(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
