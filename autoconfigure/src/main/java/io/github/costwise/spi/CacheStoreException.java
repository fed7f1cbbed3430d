package io.github.costwise.spi;

import org.jspecify.annotations.Nullable;

import io.github.costwise.CostwiseException;

/**
 * A store could not do its work. The only exception that a {@link ResponseCacheStore}
 * throws at run time; the call that asked goes on without the cache.
 *
 * @since 0.1.0
 */
public class CacheStoreException extends CostwiseException {

	/** Counted by. */
	private final StoreReason reason;

	/**
	 * Creates an exception.
	 * @param reason what kept the store from its work
	 * @param message what was tried, without any text of a request or an answer
	 * @param cause what the store's client threw, or {@code null}
	 */
	public CacheStoreException(StoreReason reason, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.reason = reason;
	}

	/**
	 * Returns what kept the store from its work.
	 * @return the reason
	 */
	public StoreReason reason() {
		return this.reason;
	}

	/** What keeps a store from its work. */
	public enum StoreReason {

		/** It cannot be reached, or answered with an error. */
		UNAVAILABLE,

		/** It did not answer in time. */
		TIMEOUT,

		/** It has no room. */
		FULL,

		/** What it holds cannot be read, perhaps because a later version wrote it. */
		UNREADABLE

	}

}
