package io.github.costwise.text;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Bytes that tell any two texts apart, for digests: every UTF-16 code unit stands for
 * itself in one to three bytes. UTF-8 proper makes one question mark of each half of a
 * broken surrogate pair, so that different texts would give the same bytes. Thread-safe.
 *
 * @since 0.1.0
 */
public final class CodeUnits {

	/** Most bytes of one code unit. */
	public static final int MOST_BYTES = 3;

	private static final int ONE_BYTE = 0x80;

	private static final int TWO_BYTES = 0x800;

	private CodeUnits() {
	}

	/**
	 * Returns the bytes of a text that is all ASCII, several times faster than one by
	 * one.
	 * @param text any text
	 * @return the bytes, or {@code null} when the text is not all ASCII
	 */
	public static byte @Nullable [] ascii(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return (bytes.length == text.length() && text.equals(new String(bytes, StandardCharsets.ISO_8859_1))) ? bytes
				: null;
	}

	/**
	 * Returns the bytes of a text: those of UTF-8, but for surrogates, which take three
	 * bytes each.
	 * @param text any text
	 * @return the bytes
	 */
	public static byte[] bytes(String text) {
		byte[] ascii = ascii(text);
		if (ascii != null) {
			return ascii;
		}
		int size = 0;
		for (int i = 0; i < text.length(); i++) {
			char unit = text.charAt(i);
			size += (unit < ONE_BYTE) ? 1 : (unit < TWO_BYTES) ? 2 : MOST_BYTES;
		}
		byte[] bytes = new byte[size];
		write(text, 0, text.length(), bytes, 0);
		return bytes;
	}

	/**
	 * Writes a part of a text.
	 * @param text any text
	 * @param from the first code unit
	 * @param to the code unit after the last one
	 * @param into where to write; has room for {@link #MOST_BYTES} a code unit, or for as
	 * many as the part takes
	 * @param at where to begin
	 * @return where the bytes end
	 */
	public static int write(String text, int from, int to, byte[] into, int at) {
		int end = at;
		for (int i = from; i < to; i++) {
			char unit = text.charAt(i);
			if (unit < ONE_BYTE) {
				into[end++] = (byte) unit;
			}
			else {
				end = writeWide(unit, into, end);
			}
		}
		return end;
	}

	private static int writeWide(char unit, byte[] into, int at) {
		int end = at;
		if (unit < TWO_BYTES) {
			into[end++] = (byte) (0xC0 | unit >> 6);
		}
		else {
			into[end++] = (byte) (0xE0 | unit >> 12);
			into[end++] = (byte) (0x80 | unit >> 6 & 0x3F);
		}
		into[end++] = (byte) (0x80 | unit & 0x3F);
		return end;
	}

}
