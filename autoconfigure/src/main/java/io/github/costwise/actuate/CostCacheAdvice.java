package io.github.costwise.actuate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.github.costwise.cache.Bypass;
import io.github.costwise.cache.Miss;
import io.github.costwise.cache.response.PolicyCounters;

/** Says why a cache answers little, and what would change that. */
final class CostCacheAdvice {

	private static final double LOW = .4;

	private static final int ENOUGH = 200;

	private static final int REASONS = 3;

	private static final Map<Enum<?>, String> REMEDIES = remedies();

	private CostCacheAdvice() {
	}

	static List<String> of(String policy, PolicyCounters counters) {
		List<String> advice = new ArrayList<>();
		if (counters.window().size() >= ENOUGH && counters.window().hitRate() < LOW && answers(counters)) {
			advice.add(String.format(Locale.ROOT, "%s: %.0f %% of the latest %d turns were answered by the cache.%s",
					policy, 100 * counters.window().hitRate(), counters.window().size(), reasons(counters)));
		}
		long judged = counters.shadow(PolicyCounters.ShadowOutcome.RIGHT)
				+ counters.shadow(PolicyCounters.ShadowOutcome.WRONG);
		if (counters.wouldHaveSaved().nanos() > 0 && !answers(counters)) {
			advice.add(policy + ": the cache would have saved " + CostReport.usd(counters.wouldHaveSaved()) + " USD"
					+ ((judged > 0) ? ", with " + counters.shadow(PolicyCounters.ShadowOutcome.WRONG) + " of " + judged
							+ " answers to similar questions judged to be wrong" : "")
					+ "; set 'costwise.policies." + policy + ".cache.mode' to 'enforce' to use it.");
		}
		return advice;
	}

	private static boolean answers(PolicyCounters counters) {
		return counters.window().size() > 0;
	}

	private static String reasons(PolicyCounters counters) {
		Map<Enum<?>, Long> counts = new TreeMap<>(
				Comparator.comparing((Enum<?> reason) -> reason.getClass().getName()).thenComparing(Enum::ordinal));
		for (Miss reason : Miss.values()) {
			counts.put(reason, counters.misses(reason));
		}
		for (Bypass reason : Bypass.values()) {
			counts.put(reason, counters.bypasses(reason));
		}
		StringBuilder text = new StringBuilder();
		counts.entrySet()
			.stream()
			.filter((entry) -> entry.getValue() > 0)
			.sorted(Map.Entry.<Enum<?>, Long>comparingByValue().reversed())
			.limit(REASONS)
			.forEach((entry) -> text.append(' ')
				.append(CostCacheReports.lower(entry.getKey()))
				.append(": ")
				.append(entry.getValue())
				.append(REMEDIES.getOrDefault(entry.getKey(), ""))
				.append('.'));
		return text.toString();
	}

	private static Map<Enum<?>, String> remedies() {
		return Map.ofEntries(Map.entry(Miss.NEW, " (similar questions share answers with 'cache.semantic.enabled')"),
				Map.entry(Miss.UNATTRIBUTED, " (give a tenant or user, or set 'cache.shared')"),
				Map.entry(Miss.COLD, " (the verifier is still learning)"),
				Map.entry(Miss.DOUBT, " (a higher 'cache.semantic.max-error-rate' serves more)"),
				Map.entry(Miss.ENCODER, " (the encoder is not ready)"),
				Map.entry(Miss.LANGUAGE, " (name an embedding model that was made for your languages)"),
				Map.entry(Bypass.ADVISOR, " (order guards before the turn, or name them in 'cache.safe-advisors')"),
				Map.entry(Bypass.OWNER_UNKNOWN,
						" (name the tenant and user, or say that there is none by Attribution.shared())"),
				Map.entry(Bypass.TOOLS, " (name tools whose results hold for the TTL in 'cache.allowed-tools')"),
				Map.entry(Bypass.CORPUS, " (declare a CachePartitionResolver that gives the corpus version)"),
				Map.entry(Bypass.TEMPERATURE, " (the temperature is above 'cache.max-temperature')"),
				Map.entry(Bypass.LIVE_WORDING, " (switch 'cache.live-wording' off if answers hold for the TTL)"),
				Map.entry(Bypass.PERSONAL_WORDING,
						" (switch 'cache.personal-wording' off if answers do not depend on the asker's data)"),
				Map.entry(Bypass.MODEL_UNKNOWN, " (declare the ChatModel as a bean)"),
				Map.entry(Bypass.STORE, " (the store cannot be reached)"));
	}

}
