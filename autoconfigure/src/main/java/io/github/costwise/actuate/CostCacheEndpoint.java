package io.github.costwise.actuate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

import io.github.costwise.CostCache;
import io.github.costwise.cache.response.ManagedCache;
import io.github.costwise.cache.response.ResponseCache;
import io.github.costwise.pipeline.CostPolicies;
import io.github.costwise.spi.ResponseCacheStore;

/**
 * What the response cache did and holds; removes entries, and records wrong hits.
 * Thread-safe.
 *
 * @since 0.1.0
 */
@Endpoint(id = "costcache")
public class CostCacheEndpoint {

	private final CostCacheReports reports;

	private final CostCache cache;

	/**
	 * Creates an endpoint.
	 * @param cache the cache
	 * @param store where it keeps its entries
	 * @param policies the configured policies
	 */
	public CostCacheEndpoint(ResponseCache cache, ResponseCacheStore store, CostPolicies policies) {
		this.reports = new CostCacheReports(cache, store, policies);
		this.cache = new ManagedCache(cache);
	}

	/**
	 * Returns what the cache did and holds.
	 * @return the report
	 */
	@ReadOperation
	public CostCacheReport report() {
		return this.reports.report();
	}

	/**
	 * Removes entries by exactly one criterion.
	 * @param tenant a tenant, or {@code null}
	 * @param user a user, or {@code null}
	 * @param feature a feature, or {@code null}
	 * @param promptVersion a prompt version, or {@code null}
	 * @param tag a tag, or {@code null}
	 * @param entry id of an entry, or {@code null}
	 * @param all {@code true} for everything, or {@code null}
	 * @return how many entries were removed, -1 when the store cannot tell
	 */
	@DeleteOperation
	public Map<String, Long> evict(@Nullable String tenant, @Nullable String user, @Nullable String feature,
			@Nullable String promptVersion, @Nullable String tag, @Nullable String entry, @Nullable Boolean all) {
		List<LongSupplier> evictions = new ArrayList<>();
		add(evictions, tenant, () -> this.cache.evictTenant(String.valueOf(tenant)));
		add(evictions, user, () -> this.cache.evictUser(String.valueOf(user)));
		add(evictions, feature, () -> this.cache.evictFeature(String.valueOf(feature)));
		add(evictions, promptVersion, () -> this.cache.evictPromptVersion(String.valueOf(promptVersion)));
		add(evictions, tag, () -> this.cache.evictTag(String.valueOf(tag)));
		add(evictions, entry, () -> evictEntry(String.valueOf(entry)));
		add(evictions, Boolean.TRUE.equals(all) ? "all" : null, this.cache::evictAll);
		if (evictions.size() != 1) {
			throw Period.invalid("name exactly one of 'tenant', 'user', 'feature', 'promptVersion', 'tag', 'entry' "
					+ "and 'all=true'");
		}
		return Map.of("removed", evictions.get(0).getAsLong());
	}

	private static void add(List<LongSupplier> evictions, @Nullable String value, LongSupplier eviction) {
		if (value != null) {
			evictions.add(eviction);
		}
	}

	private long evictEntry(String entry) {
		try {
			return this.cache.evictEntry(entry);
		}
		catch (IllegalArgumentException ex) {
			throw Period.invalid("'entry' must be an id of 32 hexadecimal digits");
		}
	}

	/**
	 * Records that a hit was wrong.
	 * @param markWrong id of the hit, as in the metadata of the response
	 * @return whether its entry was removed
	 */
	@WriteOperation
	public Map<String, Boolean> markWrong(String markWrong) {
		try {
			return Map.of("removed", this.cache.markWrong(markWrong));
		}
		catch (IllegalArgumentException ex) {
			throw Period.invalid("'markWrong' must be the id of a hit");
		}
	}

}
