package io.github.costwise.cache.flight;

import java.time.Duration;

/**
 * Lets one instance of many ask the model for a key. A store that several instances share
 * may implement it. Thread-safe; throws
 * {@link io.github.costwise.spi.CacheStoreException} only.
 *
 * @since 0.1.0
 */
public interface FlightLocks {

	/**
	 * Takes the lock of a key, unless somebody has it.
	 * @param id id of the entry, 32 hexadecimal digits
	 * @param owner who takes it, unique to the turn
	 * @param lease after this time it is free again, whatever happens to its owner
	 * @return whether it was taken
	 */
	boolean tryLock(String id, String owner, Duration lease);

	/**
	 * Returns whether somebody has the lock of a key.
	 * @param id id of the entry
	 * @return whether it is taken
	 */
	boolean isLocked(String id);

	/**
	 * Frees the lock of a key, if it is still the owner's.
	 * @param id id of the entry
	 * @param owner who took it
	 */
	void unlock(String id, String owner);

}
