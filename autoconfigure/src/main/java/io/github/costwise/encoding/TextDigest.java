package io.github.costwise.encoding;

import java.nio.ByteBuffer;

import io.github.costwise.text.Sha256;

/**
 * SHA-256 of a text, so that none is kept.
 *
 * @param a bytes 0 to 7
 * @param b bytes 8 to 15
 * @param c bytes 16 to 23
 * @param d bytes 24 to 31
 */
record TextDigest(long a, long b, long c, long d) {

	static TextDigest of(String text) {
		ByteBuffer bytes = ByteBuffer.wrap(Sha256.of(text));
		return new TextDigest(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
	}

	@Override
	public int hashCode() {
		return Long.hashCode(this.a);
	}

}
