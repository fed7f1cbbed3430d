package io.github.costwise.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text at a separator.
 *
 * @since 0.1.0
 */
public final class Parts {

	private Parts() {
	}

	/**
	 * Cuts a text at every separator.
	 * @param text the text
	 * @param separator what stands between the parts, not empty
	 * @return the parts without empty ones at the end; an empty text is a part
	 */
	public static String[] of(String text, String separator) {
		List<String> parts = cut(text, separator, Integer.MAX_VALUE);
		int size = parts.size();
		while (!text.isEmpty() && size > 0 && parts.get(size - 1).isEmpty()) {
			size--;
		}
		return parts.subList(0, size).toArray(String[]::new);
	}

	/**
	 * Cuts a text at separators and keeps empty parts.
	 * @param text the text
	 * @param separator what stands between the parts, not empty
	 * @param most how many parts there are at most, the last one being the rest
	 * @return the parts, one at least
	 */
	public static String[] of(String text, String separator, int most) {
		return cut(text, separator, most).toArray(String[]::new);
	}

	/**
	 * Cuts a text at runs of white space, as a program's own lists are written.
	 * @param text the text
	 * @return its words, none of which is empty
	 */
	public static String[] words(String text) {
		List<String> words = new ArrayList<>();
		int start = -1;
		for (int i = 0; i <= text.length(); i++) {
			boolean space = i == text.length() || Character.isWhitespace(text.charAt(i));
			if (!space && start < 0) {
				start = i;
			}
			else if (space && start >= 0) {
				words.add(text.substring(start, i));
				start = -1;
			}
		}
		return words.toArray(String[]::new);
	}

	private static List<String> cut(String text, String separator, int most) {
		List<String> parts = new ArrayList<>();
		int from = 0;
		int at = text.indexOf(separator);
		while (at >= 0 && parts.size() < most - 1) {
			parts.add(text.substring(from, at));
			from = at + separator.length();
			at = text.indexOf(separator, from);
		}
		parts.add(text.substring(from));
		return parts;
	}

}
