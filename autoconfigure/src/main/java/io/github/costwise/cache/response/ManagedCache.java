package io.github.costwise.cache.response;

import java.util.ArrayList;
import java.util.List;

import io.github.costwise.CostCache;
import io.github.costwise.cache.response.RecentHits.Remembered;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.model.CacheLabel;
import io.github.costwise.spi.EvictionIncompleteException;

/**
 * Manages the response cache of this instance for an application. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ManagedCache implements CostCache {

	private static final int ENTRY_DIGITS = 32;

	private final ResponseCache cache;

	/**
	 * Creates an instance.
	 * @param cache the cache
	 */
	public ManagedCache(ResponseCache cache) {
		this.cache = cache;
	}

	@Override
	public boolean markWrong(String hitId) {
		if (hitId.indexOf('.') != ENTRY_DIGITS) {
			throw new IllegalArgumentException("This is not the id of a hit");
		}
		CacheEviction entry = CacheEviction.entry(hitId.substring(0, ENTRY_DIGITS));
		Remembered hit = this.cache.takeHit(hitId);
		List<CacheEviction> evictions = new ArrayList<>(List.of(entry));
		if (hit != null) {
			this.cache.statistics().policy(hit.policy()).markedWrong();
			evictions.addAll(outdated(hit));
		}
		return evictAll(evictions) != 0 || hit != null;
	}

	private static List<CacheEviction> outdated(Remembered hit) {
		return (hit.learner() == null || hit.decision() == null) ? List.of()
				: hit.learner()
					.verifier()
					.markWrong(hit.decision())
					.stream()
					.map((group) -> CacheEviction.group(SemanticTier.group(group)))
					.toList();
	}

	/** One that fails does not keep the others; returns what the first removed. */
	private long evictAll(List<CacheEviction> evictions) {
		long first = 0;
		EvictionIncompleteException failure = null;
		for (int i = 0; i < evictions.size(); i++) {
			try {
				long removed = evict(evictions.get(i));
				first = (i == 0) ? removed : first;
			}
			catch (EvictionIncompleteException ex) {
				failure = (failure != null) ? failure : ex;
			}
		}
		if (failure != null) {
			throw failure;
		}
		return first;
	}

	@Override
	public long evictTenant(String tenant) {
		return evict(CacheEviction.label(CacheLabel.tenant(tenant)));
	}

	@Override
	public long evictUser(String user) {
		return evict(CacheEviction.label(CacheLabel.user(user)));
	}

	@Override
	public long evictFeature(String feature) {
		return evict(CacheEviction.label(CacheLabel.feature(feature)));
	}

	@Override
	public long evictPromptVersion(String version) {
		return evict(CacheEviction.label(CacheLabel.promptVersion(version)));
	}

	@Override
	public long evictTag(String tag) {
		return evict(CacheEviction.label(CacheLabel.tag(tag)));
	}

	@Override
	public long evictEntry(String entryId) {
		return evict(CacheEviction.entry(entryId));
	}

	@Override
	public long evictAll() {
		return evict(CacheEviction.all());
	}

	private long evict(CacheEviction eviction) {
		return this.cache.evict(eviction);
	}

}
