package io.github.costwise.cache;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Names one request inside its partition. Immutable.
 *
 * @param partition digest of everything that must be equal, 64 hexadecimal digits
 * @param request digest of the normalised request, 64 hexadecimal digits
 * @since 0.1.0
 */
public record CacheKey(String partition, String request) {

	private static final int ID_BYTES = 16;

	/**
	 * Checks the digests.
	 * @throws IllegalArgumentException if one is not 64 lower-case hexadecimal digits
	 */
	public CacheKey {
		Hex.require(partition, CacheEntry.PARTITION_DIGITS);
		Hex.require(request, CacheEntry.PARTITION_DIGITS);
	}

	/**
	 * Returns the id of the entry that answers this request: the first half of the
	 * SHA-256 of both digests.
	 * @return 32 hexadecimal digits
	 */
	public String id() {
		byte[] digest = sha256(this.partition + this.request);
		return Hex.of(Arrays.copyOf(digest, ID_BYTES));
	}

	static byte[] sha256(String text) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
