package io.github.costwise.files;

import java.util.zip.CRC32;

import org.jspecify.annotations.Nullable;

/**
 * What stands at a place of a file of frames.
 *
 * @param bytes the bytes that were appended, or {@code null} where they are damaged
 * @param end where the next frame begins
 * @since 0.1.0
 */
public record Frame(byte @Nullable [] bytes, long end) {

	/** Length, CRC-32 of the bytes, CRC-32 of these two. */
	static final int HEAD = 3 * Integer.BYTES;

	/** Most bytes of a frame. */
	static final int MOST = 64 << 20;

	/**
	 * Returns the room that bytes take in a file.
	 * @param bytes the bytes
	 * @return bytes with their head
	 */
	public static int length(byte[] bytes) {
		return HEAD + bytes.length;
	}

	static int crc(byte[] bytes, int from, int length) {
		CRC32 crc = new CRC32();
		crc.update(bytes, from, length);
		return (int) crc.getValue();
	}

}
