package io.github.costwise.files;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How a file of frames begins: a magic number, the version of the format, what the file
 * is for and whose it is, and a CRC-32 of all that. Always {@value #BYTES} bytes, so that
 * frames are found where it is damaged. Immutable.
 *
 * @param purpose what the file is for, at most 32 ASCII characters
 * @param application the application that the file belongs to; empty where it has no name
 * @since 0.1.0
 */
public record FileHeader(String purpose, String application) {

	/** Bytes of every header. */
	static final int BYTES = 256;

	private static final int VERSION = 1;

	private static final byte[] MAGIC = "COSTWISE FRAMES\n".getBytes(StandardCharsets.US_ASCII);

	private static final int MOST_FLIPPED = 16;

	private static final int PURPOSE = MAGIC.length + Short.BYTES;

	private static final int MOST_PURPOSE = 32;

	private static final int APPLICATION = PURPOSE + Short.BYTES + MOST_PURPOSE;

	private static final int MOST_APPLICATION = 190;

	private static final int CHECK = BYTES - Integer.BYTES;

	byte[] toBytes() {
		ByteBuffer bytes = ByteBuffer.allocate(BYTES);
		bytes.put(MAGIC).putShort((short) VERSION);
		put(bytes, PURPOSE, bytes(this.purpose, MOST_PURPOSE));
		put(bytes, APPLICATION, bytes(this.application, MOST_APPLICATION));
		return bytes.putInt(CHECK, Frame.crc(bytes.array(), 0, CHECK)).array();
	}

	private static void put(ByteBuffer bytes, int at, byte[] text) {
		bytes.position(at).putShort((short) text.length).put(text);
	}

	private static byte[] bytes(String text, int most) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return (bytes.length > most) ? Arrays.copyOf(bytes, most) : bytes;
	}

	/**
	 * Checks the begin of a file.
	 * @param begin the first bytes, as many as there are up to {@value #BYTES}, at least
	 * one
	 * @return whether the header is whole and this one; {@code false} when it is one that
	 * is damaged or was cut off
	 * @throws ForeignFileException if the file is another one
	 */
	boolean check(byte[] begin) throws ForeignFileException {
		if (!isSimilar(begin)) {
			throw new ForeignFileException("it is not a file of this version of Costwise");
		}
		ByteBuffer bytes = ByteBuffer.wrap(begin);
		if (begin.length < BYTES || bytes.getInt(CHECK) != Frame.crc(begin, 0, CHECK)) {
			return false;
		}
		if (bytes.getShort(MAGIC.length) != VERSION) {
			throw new ForeignFileException("another version of Costwise wrote it");
		}
		requireSame(bytes);
		return true;
	}

	private void requireSame(ByteBuffer bytes) throws ForeignFileException {
		String found = text(bytes, PURPOSE);
		if (!found.equals(this.purpose)) {
			throw new ForeignFileException("it holds " + found + " instead of " + this.purpose);
		}
		if (!Arrays.equals(raw(bytes, APPLICATION), bytes(this.application, MOST_APPLICATION))) {
			throw new ForeignFileException(
					"it belongs to " + describe(text(bytes, APPLICATION)) + ", not to " + describe(this.application));
		}
	}

	private static String describe(String application) {
		return application.isEmpty() ? "an application without a name" : "the application '" + application + "'";
	}

	private static String text(ByteBuffer bytes, int at) {
		return new String(raw(bytes, at), StandardCharsets.UTF_8);
	}

	private static byte[] raw(ByteBuffer bytes, int at) {
		byte[] text = new byte[bytes.getShort(at)];
		bytes.get(at + Short.BYTES, text);
		return text;
	}

	/** A few flipped bits do not make a file one of somebody else. */
	private static boolean isSimilar(byte[] begin) {
		int flipped = 0;
		for (int i = 0; i < Math.min(MAGIC.length, begin.length); i++) {
			flipped += Integer.bitCount((begin[i] ^ MAGIC[i]) & 0xFF);
		}
		return flipped <= ((begin.length < BYTES) ? 0 : MOST_FLIPPED);
	}

}
