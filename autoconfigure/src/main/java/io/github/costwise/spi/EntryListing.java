package io.github.costwise.spi;

import java.util.function.Consumer;

import io.github.costwise.model.CacheEntry;

/**
 * A store that restores entries of an earlier run and can hand them over. Thread-safe.
 *
 * @since 0.1.0
 */
public interface EntryListing {

	/**
	 * Hands over every entry whose time has not passed, in no order. Entries stored or
	 * removed meanwhile may be missing or not.
	 * @param consumer takes the entries
	 */
	void forEach(Consumer<CacheEntry> consumer);

}
