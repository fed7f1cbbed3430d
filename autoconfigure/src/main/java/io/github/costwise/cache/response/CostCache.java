package io.github.costwise.cache.response;

import java.util.ArrayList;
import java.util.List;

import io.github.costwise.cache.CacheEviction;
import io.github.costwise.cache.CacheLabel;
import io.github.costwise.cache.EvictionIncompleteException;
import io.github.costwise.cache.response.RecentHits.Remembered;

/**
 * What an application may do with the response cache: remove answers that do not hold any
 * more, and say which were wrong. Every method removes all that it names, or throws
 * {@link EvictionIncompleteException}, which tells what was removed; what is left is not
 * served any more and removed as soon as the store lets it. Removing reaches the store
 * that this instance uses; a store in process is its own. Thread-safe.
 *
 * @since 0.1.0
 */
public final class CostCache {

	private static final int ENTRY_DIGITS = 32;

	private final ResponseCache cache;

	/**
	 * Creates an instance.
	 * @param cache the cache
	 */
	public CostCache(ResponseCache cache) {
		this.cache = cache;
	}

	/**
	 * Says that a hit was wrong: its entry is removed at once, and the verifier learns
	 * from it. A hit that was given long ago, or by another instance, only loses its
	 * entry.
	 * @param hitId id of the hit, as in the metadata of the response
	 * @return whether the hit was known, or there was an entry to remove; an answer that
	 * is not stored yet will not be
	 * @throws IllegalArgumentException if the id is not one of a hit
	 */
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

	/**
	 * Removes the answers of a tenant.
	 * @param tenant the tenant
	 * @return how many were removed, or -1 when the store cannot tell
	 */
	public long evictTenant(String tenant) {
		return evict(CacheEviction.label(CacheLabel.tenant(tenant)));
	}

	/**
	 * Removes the answers of a user.
	 * @param user the user
	 * @return how many were removed, or -1 when the store cannot tell
	 */
	public long evictUser(String user) {
		return evict(CacheEviction.label(CacheLabel.user(user)));
	}

	/**
	 * Removes the answers of a feature.
	 * @param feature the feature
	 * @return how many were removed, or -1 when the store cannot tell
	 */
	public long evictFeature(String feature) {
		return evict(CacheEviction.label(CacheLabel.feature(feature)));
	}

	/**
	 * Removes the answers of a prompt version.
	 * @param version the version
	 * @return how many were removed, or -1 when the store cannot tell
	 */
	public long evictPromptVersion(String version) {
		return evict(CacheEviction.label(CacheLabel.promptVersion(version)));
	}

	/**
	 * Removes the answers with a tag: one of the policy, or {@code name=value} of a
	 * scope.
	 * @param tag the tag
	 * @return how many were removed, or -1 when the store cannot tell
	 */
	public long evictTag(String tag) {
		return evict(CacheEviction.label(CacheLabel.tag(tag)));
	}

	/**
	 * Removes an entry.
	 * @param entryId its id, as in the metadata of a response
	 * @return how many were removed, or -1 when the store cannot tell
	 * @throws IllegalArgumentException if the id has not 32 hexadecimal digits
	 */
	public long evictEntry(String entryId) {
		return evict(CacheEviction.entry(entryId));
	}

	/**
	 * Removes everything.
	 * @return how many were removed, or -1 when the store cannot tell
	 */
	public long evictAll() {
		return evict(CacheEviction.all());
	}

	/**
	 * Removes entries.
	 * @param eviction which entries
	 * @return how many were removed, or -1 when the store cannot tell
	 */
	public long evict(CacheEviction eviction) {
		return this.cache.evict(eviction);
	}

}
