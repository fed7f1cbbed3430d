package io.github.costwise.files;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * Reads frames, and finds the next one after a damaged head. A frame whose head is whole
 * and whose bytes end with the file was cut off; anything else that does not fit its sums
 * is damaged. Not thread-safe.
 */
final class FrameReader {

	private static final int WINDOW = 1 << 16;

	private final RandomAccessFile file;

	FrameReader(RandomAccessFile file) {
		this.file = file;
	}

	/**
	 * Reads what stands at a place.
	 * @param at the place
	 * @param end where the frames end
	 * @return the frame, damaged or not, or {@code null} where it was cut off
	 * @throws IOException if the file cannot be read
	 */
	@Nullable Frame read(long at, long end) throws IOException {
		if (end - at < Frame.HEAD) {
			return null;
		}
		ByteBuffer head = ByteBuffer.wrap(bytes(at, Frame.HEAD));
		if (!isHead(head, 0)) {
			return new Frame(null, next(at + 1, end));
		}
		int length = head.getInt(0);
		if (length > end - at - Frame.HEAD) {
			return null;
		}
		byte[] bytes = bytes(at + Frame.HEAD, length);
		boolean intact = Frame.crc(bytes, 0, length) == head.getInt(Integer.BYTES);
		return new Frame(intact ? bytes : null, at + Frame.HEAD + length);
	}

	private static boolean isHead(ByteBuffer head, int at) {
		int length = head.getInt(at);
		return length > 0 && length <= Frame.MOST
				&& head.getInt(at + 2 * Integer.BYTES) == Frame.crc(head.array(), at, 2 * Integer.BYTES);
	}

	/** Finds the next frame that is whole; the end when there is none. */
	private long next(long from, long end) throws IOException {
		for (long at = from; end - at >= Frame.HEAD; at += WINDOW) {
			ByteBuffer window = ByteBuffer.wrap(bytes(at, (int) Math.min(WINDOW + Frame.HEAD - 1, end - at)));
			for (int i = 0; i + Frame.HEAD <= window.capacity(); i++) {
				if (isHead(window, i) && isWhole(at + i, end)) {
					return at + i;
				}
			}
		}
		return end;
	}

	private boolean isWhole(long at, long end) throws IOException {
		Frame frame = read(at, end);
		return frame != null && frame.bytes() != null;
	}

	byte[] bytes(long at, int length) throws IOException {
		byte[] bytes = new byte[length];
		this.file.seek(at);
		this.file.readFully(bytes);
		return bytes;
	}

}
