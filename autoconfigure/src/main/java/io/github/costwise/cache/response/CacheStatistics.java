package io.github.costwise.cache.response;

import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What the cache did, by policy. Thread-safe.
 *
 * @since 0.1.0
 */
public final class CacheStatistics {

	private final Map<String, PolicyCounters> policies = new ConcurrentSkipListMap<>();

	/**
	 * Returns the counters of a policy.
	 * @param name its name
	 * @return the counters, all zero at first
	 */
	public PolicyCounters policy(String name) {
		PolicyCounters present = this.policies.get(name);
		return (present != null) ? present : this.policies.computeIfAbsent(name, (key) -> new PolicyCounters());
	}

	/**
	 * Returns the counters of every policy that had a turn.
	 * @return counters by name
	 */
	public Map<String, PolicyCounters> policies() {
		return Collections.unmodifiableMap(this.policies);
	}

}
