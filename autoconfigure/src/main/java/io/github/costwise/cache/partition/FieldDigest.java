package io.github.costwise.cache.partition;

import java.security.MessageDigest;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

import io.github.costwise.text.CodeUnits;
import io.github.costwise.text.Sha256;

/**
 * SHA-256 over texts, each with its length before it, so that no two lists of texts give
 * the same bytes. Texts count code unit by code unit, broken surrogate pairs too. Nothing
 * and an empty text differ. What is added is gathered and digested together. Not
 * thread-safe.
 */
final class FieldDigest {

	private static final int NOTHING = -1;

	/** No length of a text. */
	private static final int REPEATED = -2;

	private static final int GATHERED = 3072;

	/** Code units that always fit where nothing is gathered. */
	private static final int CHUNK = GATHERED / CodeUnits.MOST_BYTES;

	/** Texts whose code units are written faster one by one. */
	private static final int SHORT = 48;

	private static final HexFormat HEX = HexFormat.of();

	private final MessageDigest digest = Sha256.begin();

	private final byte[] gathered = new byte[GATHERED];

	private int size;

	FieldDigest add(@Nullable String text) {
		if (text == null) {
			return add(NOTHING);
		}
		add(text.length());
		byte[] ascii = (text.length() > SHORT) ? CodeUnits.ascii(text) : null;
		if (ascii != null) {
			add(ascii);
			return this;
		}
		for (int from = 0; from < text.length(); from += CHUNK) {
			int to = Math.min(text.length(), from + CHUNK);
			require(CodeUnits.MOST_BYTES * (to - from));
			this.size = CodeUnits.write(text, from, to, this.gathered, this.size);
		}
		return this;
	}

	/**
	 * Adds a text that comes again with other requests.
	 * @param text the text, or {@code null}
	 */
	FieldDigest addRepeated(@Nullable String text) {
		return (text != null && TextDigests.concerns(text)) ? add(REPEATED).add(TextDigests.of(text)) : add(text);
	}

	private void add(byte[] bytes) {
		if (bytes.length > GATHERED) {
			require(GATHERED);
			this.digest.update(bytes);
		}
		else {
			require(bytes.length);
			System.arraycopy(bytes, 0, this.gathered, this.size, bytes.length);
			this.size += bytes.length;
		}
	}

	FieldDigest add(int value) {
		require(Integer.BYTES);
		for (int i = 0; i < Integer.BYTES; i++) {
			this.gathered[this.size++] = (byte) (value >>> (Byte.SIZE * i));
		}
		return this;
	}

	FieldDigest kind(DigestedValues.ValueKind kind) {
		require(1);
		this.gathered[this.size++] = (byte) kind.ordinal();
		return this;
	}

	private void require(int bytes) {
		if (bytes > GATHERED - this.size) {
			this.digest.update(this.gathered, 0, this.size);
			this.size = 0;
		}
	}

	/** Ends the digest, which is empty again after that. */
	String toHex() {
		require(GATHERED);
		return HEX.formatHex(this.digest.digest());
	}

}
