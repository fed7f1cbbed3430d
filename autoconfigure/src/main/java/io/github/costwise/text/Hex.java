package io.github.costwise.text;

import java.util.HexFormat;

/**
 * Digests as lower-case hexadecimal digits.
 *
 * @since 0.1.0
 */
public final class Hex {

	private static final HexFormat FORMAT = HexFormat.of();

	private static final boolean[] DIGITS = new boolean['f' + 1];

	static {
		"0123456789abcdef".chars().forEach((digit) -> DIGITS[digit] = true);
	}

	private Hex() {
	}

	/**
	 * Returns bytes as digits.
	 * @param bytes the bytes
	 * @return two digits a byte
	 */
	public static String of(byte[] bytes) {
		return FORMAT.formatHex(bytes);
	}

	/**
	 * Returns the first bytes as digits.
	 * @param bytes the bytes
	 * @param length how many of them
	 * @return two digits a byte
	 */
	public static String of(byte[] bytes, int length) {
		return FORMAT.formatHex(bytes, 0, length);
	}

	/**
	 * Returns what digits stand for.
	 * @param hex the digits
	 * @return half as many bytes
	 */
	public static byte[] bytes(String hex) {
		return FORMAT.parseHex(hex);
	}

	/**
	 * Checks digits.
	 * @param hex the digits
	 * @param digits how many there must be
	 * @throws IllegalArgumentException if there are not as many, or others
	 */
	public static void require(String hex, int digits) {
		if (hex.length() != digits) {
			throw new IllegalArgumentException("Wanted " + digits + " hexadecimal digits, got " + hex.length());
		}
		for (int i = 0; i < digits; i++) {
			char c = hex.charAt(i);
			if (c >= DIGITS.length || !DIGITS[c]) {
				throw new IllegalArgumentException("Wanted lower-case hexadecimal digits only");
			}
		}
	}

}
