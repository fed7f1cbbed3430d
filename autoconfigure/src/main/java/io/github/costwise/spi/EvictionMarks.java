package io.github.costwise.spi;

import java.util.Collection;

import io.github.costwise.model.CacheEviction;

/**
 * A store that instances share, and in which an eviction that is not done yet is marked:
 * whoever looks up an entry sees the mark with it. Thread-safe.
 *
 * @since 0.1.0
 */
public interface EvictionMarks {

	/**
	 * Returns the evictions that were begun, by any instance, and are not done. One whose
	 * instance has ended is left to the others.
	 * @return the evictions
	 * @throws CacheStoreException if the store cannot be asked
	 */
	Collection<CacheEviction> marked();

}
