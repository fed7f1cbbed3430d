package io.github.costwise.cache.partition;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

/**
 * SHA-256 over texts, each with its length before it, so that no two lists of texts give
 * the same bytes. Nothing and an empty text differ. Short texts are gathered and digested
 * together. Not thread-safe.
 */
final class FieldDigest {

	private static final int NOTHING = -1;

	private static final int GATHERED = 2048;

	private static final HexFormat HEX = HexFormat.of();

	private final MessageDigest digest = sha256();

	private final byte[] gathered = new byte[GATHERED];

	private int size;

	FieldDigest add(@Nullable String text) {
		if (text == null) {
			return add(NOTHING);
		}
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		add(bytes.length);
		if (bytes.length > GATHERED - this.size) {
			flush();
		}
		if (bytes.length > GATHERED) {
			this.digest.update(bytes);
		}
		else {
			System.arraycopy(bytes, 0, this.gathered, this.size, bytes.length);
			this.size += bytes.length;
		}
		return this;
	}

	FieldDigest add(int value) {
		if (Integer.BYTES > GATHERED - this.size) {
			flush();
		}
		for (int i = 0; i < Integer.BYTES; i++) {
			this.gathered[this.size++] = (byte) (value >>> (Byte.SIZE * i));
		}
		return this;
	}

	FieldDigest kind(DigestedValues.Kind kind) {
		if (this.size == GATHERED) {
			flush();
		}
		this.gathered[this.size++] = (byte) kind.ordinal();
		return this;
	}

	private void flush() {
		this.digest.update(this.gathered, 0, this.size);
		this.size = 0;
	}

	/** Ends the digest, which is empty again after that. */
	String toHex() {
		flush();
		return HEX.formatHex(this.digest.digest());
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
