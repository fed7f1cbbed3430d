package io.github.costwise.spi;

import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.model.CacheKey;
import io.github.costwise.model.CacheStats;
import io.github.costwise.model.Neighbour;

/**
 * Keeps answers. Nothing is ever read across partitions, and no entry is returned once it
 * has expired; reading does not prolong that time. Implementations are thread-safe. Every
 * method throws {@link CacheStoreException}, and nothing else, when the store cannot do
 * its work; an entry that cannot be read counts as absent.
 *
 * @since 0.1.0
 */
public interface ResponseCacheStore {

	/**
	 * Stores an entry, in place of the one with the same id. An expired entry is not
	 * stored.
	 * @param entry the entry
	 * @throws CacheStoreException if the store cannot take it
	 */
	void put(CacheEntry entry);

	/**
	 * Stores many entries, as {@link #put} does each, and faster where the store is far
	 * away.
	 * @param entries the entries
	 * @throws CacheStoreException if the store cannot take them; some may be stored then
	 */
	default void putAll(Collection<CacheEntry> entries) {
		entries.forEach(this::put);
	}

	/**
	 * Finds the entry of exactly this request.
	 * @param key partition and digest of the request
	 * @return the entry, or {@code null}
	 * @throws CacheStoreException if the store cannot be asked
	 */
	@Nullable CacheEntry find(CacheKey key);

	/**
	 * Finds the entries whose requests are most like a vector. The cosine is computed
	 * from the stored {@link io.github.costwise.model.CacheVector}, so that every store
	 * gives the same one.
	 * @param partition the partition, 64 hexadecimal digits
	 * @param vector the request's vector, of any length but zero
	 * @param count how many entries at the most, from 1
	 * @return the entries, the most similar first, those alike by id; without entries of
	 * another dimension
	 * @throws CacheStoreException if the store cannot be asked
	 */
	List<Neighbour> nearest(String partition, float[] vector, int count);

	/**
	 * Removes entries: all that are named, or it throws. A store that instances share
	 * marks an eviction before it is done, so that none of them is given what it names
	 * from then on, also where it fails before its end; a mark ends when the same
	 * eviction is done by whomever ({@link EvictionMarks}).
	 * @param eviction which entries
	 * @return how many were removed, or -1 when the store cannot tell
	 * @throws EvictionIncompleteException if some may be left; it tells how many were
	 * removed
	 * @throws CacheStoreException if the store cannot be asked and nothing was removed
	 */
	long evict(CacheEviction eviction);

	/**
	 * Returns the state of the store.
	 * @return the state now
	 * @throws CacheStoreException if the store cannot be asked
	 */
	CacheStats stats();

}
