package io.github.costwise.spi;

import org.jspecify.annotations.Nullable;

/**
 * Not everything that was to be removed could be. What is left is not served by this
 * instance, nor by any other that reaches a store in which that could be noted; the
 * response cache removes it as soon as the store lets it.
 *
 * @since 0.1.0
 */
public class EvictionIncompleteException extends CacheStoreException {

	private static final long serialVersionUID = 1L;

	/** Told to whoever asked. */
	private final long removed;

	/**
	 * Creates an exception.
	 * @param reason what kept the store from its work
	 * @param message what was tried, without any text of a request or an answer
	 * @param removed how many entries were removed, or -1 when the store cannot tell
	 * @param cause what the store's client threw, or {@code null}
	 */
	public EvictionIncompleteException(StoreReason reason, String message, long removed, @Nullable Throwable cause) {
		super(reason, message, cause);
		this.removed = removed;
	}

	/**
	 * Returns how many entries were removed before the store gave up.
	 * @return the count, or -1 when the store cannot tell
	 */
	public long removed() {
		return this.removed;
	}

}
