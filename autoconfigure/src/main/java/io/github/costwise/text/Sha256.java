package io.github.costwise.text;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Digests of texts by SHA-256. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Sha256 {

	private static final int BYTES = 32;

	private Sha256() {
	}

	/**
	 * Begins a digest.
	 * @return the digest of nothing yet, for one thread
	 */
	public static MessageDigest begin() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	/**
	 * Returns the digest of a text.
	 * @param text the text
	 * @return 32 bytes, the same only for the same text
	 */
	public static byte[] of(String text) {
		return begin().digest(CodeUnits.bytes(text));
	}

	/**
	 * Returns the beginning of the digest of a text.
	 * @param text the text
	 * @param bytes how many bytes of it
	 * @return two hexadecimal digits a byte
	 * @throws IllegalArgumentException if there are not as many
	 */
	public static String of(String text, int bytes) {
		if (bytes < 0 || bytes > BYTES) {
			throw new IllegalArgumentException("A digest has " + BYTES + " bytes, not " + bytes);
		}
		return Hex.of(of(text), bytes);
	}

}
