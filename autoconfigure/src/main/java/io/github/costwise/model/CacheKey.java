package io.github.costwise.model;

import org.jspecify.annotations.Nullable;

import io.github.costwise.text.Hex;
import io.github.costwise.text.Sha256;

/**
 * Names one request inside its partition. Immutable.
 *
 * @since 0.1.0
 */
public final class CacheKey {

	private static final int ID_BYTES = 16;

	private final String partition;

	private final String request;

	/** Made when it is asked for, by several threads if need be. */
	private @Nullable String id;

	/**
	 * Creates a key.
	 * @param partition digest of everything that must be equal, 64 hexadecimal digits
	 * @param request digest of the normalised request, 64 hexadecimal digits
	 * @throws IllegalArgumentException if one is not 64 lower-case hexadecimal digits
	 */
	public CacheKey(String partition, String request) {
		Hex.require(partition, CacheEntry.PARTITION_DIGITS);
		Hex.require(request, CacheEntry.PARTITION_DIGITS);
		this.partition = partition;
		this.request = request;
	}

	/**
	 * Returns the digest of everything that must be equal.
	 * @return 64 hexadecimal digits
	 */
	public String partition() {
		return this.partition;
	}

	/**
	 * Returns the digest of the normalised request.
	 * @return 64 hexadecimal digits
	 */
	public String request() {
		return this.request;
	}

	/**
	 * Returns the id of the entry that answers this request: the first half of the
	 * SHA-256 of both digests.
	 * @return 32 hexadecimal digits
	 */
	public String id() {
		String known = this.id;
		if (known == null) {
			known = Hex.of(Sha256.of(this.partition + this.request), ID_BYTES);
			this.id = known;
		}
		return known;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof CacheKey key && this.partition.equals(key.partition)
				&& this.request.equals(key.request);
	}

	@Override
	public int hashCode() {
		return 31 * this.partition.hashCode() + this.request.hashCode();
	}

	@Override
	public String toString() {
		return "CacheKey[partition=" + this.partition + ", request=" + this.request + "]";
	}

}
