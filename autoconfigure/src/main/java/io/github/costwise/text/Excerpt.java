package io.github.costwise.text;

/**
 * A part of a text that is short enough to be read.
 *
 * @since 0.1.0
 */
public final class Excerpt {

	private Excerpt() {
	}

	/**
	 * Takes from a long text its beginning and its end, where the request stands that a
	 * document is sent with.
	 * @param text the text
	 * @param most most characters, 2 or more
	 * @return the text if it is not longer; else half of it from either end, joined by a
	 * line break
	 */
	public static String ofEnds(String text, int most) {
		if (text.length() <= most) {
			return text;
		}
		int half = (most - 1) / 2;
		return text.substring(0, half) + "\n" + text.substring(text.length() - half);
	}

}
