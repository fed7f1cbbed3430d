package io.github.costwise.cache;

import java.util.HexFormat;

/** Digests as lower-case hexadecimal digits. */
final class Hex {

	private static final HexFormat FORMAT = HexFormat.of();

	private static final boolean[] DIGITS = new boolean['f' + 1];

	static {
		"0123456789abcdef".chars().forEach((digit) -> DIGITS[digit] = true);
	}

	private Hex() {
	}

	static String of(byte[] bytes) {
		return FORMAT.formatHex(bytes);
	}

	static String of(byte[] bytes, int length) {
		return FORMAT.formatHex(bytes, 0, length);
	}

	static byte[] bytes(String hex) {
		return FORMAT.parseHex(hex);
	}

	static void require(String hex, int digits) {
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
