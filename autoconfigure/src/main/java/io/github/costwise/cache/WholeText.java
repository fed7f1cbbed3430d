package io.github.costwise.cache;

import java.nio.charset.StandardCharsets;

/**
 * Texts as bytes that give every text back as it was. They are UTF-8; half of a surrogate
 * pair, for which UTF-8 has no bytes, takes the three that its number would take.
 */
final class WholeText {

	private static final char REPLACEMENT = '\uFFFD';

	private static final int HALF_BYTES = 3;

	private static final int LEAD = 0xED;

	private static final int FIRST_OF_HALF = 0xA0;

	private static final int CONTINUED = 0x80;

	private static final int PAYLOAD = 0x3F;

	private static final int HALF_PAYLOAD = 0x1F;

	private static final int PAYLOAD_BITS = 6;

	private WholeText() {
	}

	static byte[] encode(String text) {
		int half = half(text, 0);
		if (half == text.length()) {
			return text.getBytes(StandardCharsets.UTF_8);
		}
		BodyWriter out = new BodyWriter(HALF_BYTES * text.length());
		int from = 0;
		while (half < text.length()) {
			char unit = text.charAt(half);
			out.raw(text.substring(from, half).getBytes(StandardCharsets.UTF_8));
			out.fixed(LEAD << 2 * Byte.SIZE | (CONTINUED | unit >> PAYLOAD_BITS & PAYLOAD) << Byte.SIZE | CONTINUED
					| unit & PAYLOAD, HALF_BYTES);
			from = half + 1;
			half = half(text, from);
		}
		return out.raw(text.substring(from).getBytes(StandardCharsets.UTF_8)).toBytes();
	}

	/** Where the first half of a pair is that lacks the other half, or the length. */
	private static int half(String text, int from) {
		for (int i = from; i < text.length(); i++) {
			if (Character.isSurrogate(text.charAt(i))) {
				if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
					return i;
				}
				i++;
			}
		}
		return text.length();
	}

	static String decode(byte[] bytes, int from, int length) {
		String text = new String(bytes, from, length, StandardCharsets.UTF_8);
		return (text.indexOf(REPLACEMENT) < 0) ? text : decodeHalves(bytes, from, from + length);
	}

	private static String decodeHalves(byte[] bytes, int from, int to) {
		StringBuilder text = new StringBuilder();
		int begin = from;
		for (int i = from; i <= to - HALF_BYTES; i++) {
			if ((bytes[i] & 0xFF) == LEAD && (bytes[i + 1] & 0xFF) >= FIRST_OF_HALF) {
				text.append(new String(bytes, begin, i - begin, StandardCharsets.UTF_8));
				text.append((char) (Character.MIN_SURROGATE | (bytes[i + 1] & HALF_PAYLOAD) << PAYLOAD_BITS
						| bytes[i + 2] & PAYLOAD));
				begin = i + HALF_BYTES;
				i = begin - 1;
			}
		}
		return text.append(new String(bytes, begin, to - begin, StandardCharsets.UTF_8)).toString();
	}

}
