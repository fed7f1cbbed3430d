package io.github.costwise.accounting.jdbc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.zip.CRC32;

import org.jspecify.annotations.Nullable;

/**
 * An entry of the journal as it stands in the file: length, CRC-32, bytes.
 *
 * @param entry the bytes
 * @param intact whether they are those that were written
 */
record Frame(byte[] entry, boolean intact) {

	private static final int HEAD = Integer.BYTES + Integer.BYTES;

	private static final int MAX_ENTRY = 16 * 1024 * 1024;

	static int length(byte[] entry) {
		return HEAD + entry.length;
	}

	int length() {
		return length(this.entry);
	}

	static ByteBuffer write(List<byte[]> entries, int bytes) {
		ByteBuffer frames = ByteBuffer.allocate(bytes);
		for (byte[] entry : entries) {
			frames.putInt(entry.length).putInt(crc(entry)).put(entry);
		}
		return frames.flip();
	}

	/**
	 * Reads a frame.
	 * @param file the file
	 * @param at where the frame begins
	 * @param end where the frames end
	 * @return the frame, or {@code null} when there is no whole one
	 * @throws IOException if the file cannot be read
	 */
	static @Nullable Frame read(FileChannel file, long at, long end) throws IOException {
		if (end - at < HEAD) {
			return null;
		}
		ByteBuffer head = bytes(file, at, HEAD);
		int length = head.getInt();
		int crc = head.getInt();
		if (length <= 0 || length > MAX_ENTRY || length > end - at - HEAD) {
			return null;
		}
		byte[] entry = bytes(file, at + HEAD, length).array();
		return new Frame(entry, crc(entry) == crc);
	}

	private static ByteBuffer bytes(FileChannel file, long at, int length) throws IOException {
		ByteBuffer bytes = ByteBuffer.allocate(length);
		while (bytes.hasRemaining()) {
			if (file.read(bytes, at + bytes.position()) < 0) {
				throw new IOException("The journal ends early");
			}
		}
		return bytes.flip();
	}

	private static int crc(byte[] entry) {
		CRC32 crc = new CRC32();
		crc.update(entry);
		return (int) crc.getValue();
	}

}
