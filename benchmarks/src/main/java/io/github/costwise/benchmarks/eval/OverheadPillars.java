package io.github.costwise.benchmarks.eval;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Settings under which what is measured takes part in each call, and changes none: every
 * question is a new one, no target fails and no budget is used up.
 */
final class OverheadPillars {

	private static final String ACCOUNTING = "accounting";

	private static final String EXACT = "exact";

	private static final String ROUTING = "routing";

	private static final String FALLBACK = "fallback";

	private static final String BUDGET = "budget";

	private static final Set<String> ALL = new TreeSet<>(Set.of(ACCOUNTING, EXACT, ROUTING, FALLBACK, BUDGET));

	private static final String POLICY = "costwise.policies.default.";

	private static final String TIERS = "costwise.routing.tiers.";

	private static final String LIMITS = "costwise.budgets.limits.";

	private OverheadPillars() {
	}

	/**
	 * Returns settings.
	 * @param names the pillars, with commas in between
	 * @return the settings
	 * @throws UsageException if one is not known
	 */
	static Map<String, Object> properties(String names) {
		Set<String> wanted = Set.of(names.split(","));
		for (String name : wanted) {
			if (!ALL.contains(name)) {
				throw new UsageException("--pillars knows " + ALL + ", not " + name);
			}
		}
		Map<String, Object> properties = new HashMap<>();
		properties.put(POLICY + "cache.mode", wanted.contains(EXACT) ? "enforce" : "off");
		if (wanted.contains(ROUTING) || wanted.contains(FALLBACK)) {
			addTiers(properties, wanted);
		}
		if (wanted.contains(BUDGET)) {
			addBudgets(properties);
		}
		return properties;
	}

	private static void addTiers(Map<String, Object> properties, Set<String> wanted) {
		properties.put(TIERS + "light.targets[0].model", "gpt-5-nano");
		properties.put(TIERS + "standard.targets[0].model", "gpt-5-mini");
		properties.put(TIERS + "premium.targets[0].model", "gpt-5");
		properties.put(POLICY + "routing.mode", wanted.contains(ROUTING) ? "enforce" : "off");
		properties.put(POLICY + "fallback.enabled", String.valueOf(wanted.contains(FALLBACK)));
	}

	private static void addBudgets(Map<String, Object> properties) {
		properties.put(LIMITS + "all.limit", "1000000 USD");
		properties.put(LIMITS + "all.window", "month");
		properties.put(LIMITS + "features.limit", "1000000 USD");
		properties.put(LIMITS + "features.window", "day");
		properties.put(LIMITS + "features.per", "feature");
	}

}
