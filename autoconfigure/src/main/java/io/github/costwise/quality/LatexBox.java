package io.github.costwise.quality;

import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/** What LaTeX puts into a box, as models are used to do with a result. */
final class LatexBox {

	private static final String BOX = "\\boxed";

	private static final int GROUP = -1;

	private LatexBox() {
	}

	/**
	 * Returns what the box holds that is closed last. One pass: braces that are never
	 * closed cost nothing.
	 * @param text the text
	 * @return what stands between its braces, or {@code null} if no box is closed
	 */
	static @Nullable String last(String text) {
		Deque<Integer> open = new ArrayDeque<>();
		int from = 0;
		int to = -1;
		for (int i = 0; i < text.length(); i++) {
			char sign = text.charAt(i);
			if (sign == '{') {
				open.push(isBox(text, i) ? i + 1 : GROUP);
			}
			else if (sign == '}' && !open.isEmpty()) {
				int start = open.pop();
				from = (start != GROUP) ? start : from;
				to = (start != GROUP) ? i : to;
			}
		}
		return (to >= 0) ? text.substring(from, to) : null;
	}

	private static boolean isBox(String text, int brace) {
		return text.startsWith(BOX, brace - BOX.length());
	}

}
