package io.github.costwise.text;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Names from outside, cut to a length that can be stored and logged.
 *
 * @since 0.1.0
 */
public final class ShortText {

	/** Most code units of a name. */
	public static final int MOST = 256;

	private static final int DIGEST_BYTES = 8;

	private static final int KEPT = MOST - 1 - 2 * DIGEST_BYTES;

	private ShortText() {
	}

	/**
	 * Cuts a name.
	 * @param name the name
	 * @return the name, unless it is longer than {@link #MOST}; then its beginning, a
	 * tilde and a digest of the whole, so that different names stay different
	 */
	public static String ofName(String name) {
		return (name.length() <= MOST) ? name : beginning(name, KEPT) + "~" + digest(name);
	}

	/**
	 * Cuts a name.
	 * @param name the name, or {@code null}
	 * @return the name as {@link #ofName} cuts it, or {@code null}
	 */
	public static @Nullable String ofNullable(@Nullable String name) {
		return (name != null) ? ofName(name) : null;
	}

	/**
	 * Cuts the name of a model, which goes into logs and meters too.
	 * @param name the name
	 * @return the name as {@link #ofName} cuts it, on one line
	 */
	public static String ofModel(String name) {
		String cut = ofName(name);
		for (int i = 0; i < cut.length(); i++) {
			if (breaksLines(cut.charAt(i))) {
				return ofLine(cut, MOST);
			}
		}
		return cut;
	}

	/**
	 * Makes one line of a text that is to be logged or shown.
	 * @param text the text
	 * @param most most code units, 1 or more
	 * @return its beginning, with a space in place of every control character, line and
	 * paragraph separator
	 */
	public static String ofLine(String text, int most) {
		String beginning = beginning(text, most);
		StringBuilder line = new StringBuilder(beginning.length());
		for (int i = 0; i < beginning.length(); i++) {
			char c = beginning.charAt(i);
			line.append(breaksLines(c) ? ' ' : c);
		}
		return line.toString();
	}

	private static boolean breaksLines(int c) {
		return Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
	}

	/** The beginning of a text, which ends with no half of a surrogate pair. */
	private static String beginning(String text, int most) {
		if (text.length() <= most) {
			return text;
		}
		boolean half = Character.isHighSurrogate(text.charAt(most - 1));
		return text.substring(0, half ? most - 1 : most);
	}

	private static String digest(String text) {
		return Hex.of(Sha256.begin().digest(text.getBytes(StandardCharsets.UTF_16)), DIGEST_BYTES);
	}

}
