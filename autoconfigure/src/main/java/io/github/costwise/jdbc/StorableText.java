package io.github.costwise.jdbc;

import java.nio.charset.StandardCharsets;

/**
 * Texts that every database takes.
 *
 * @since 0.1.0
 */
public final class StorableText {

	private StorableText() {
	}

	/**
	 * Replaces what PostgreSQL does not take: the character zero, and halves of surrogate
	 * pairs.
	 * @param text any text
	 * @return the text with such characters replaced by a question mark
	 */
	public static String of(String text) {
		boolean plain = text.chars().allMatch((c) -> c > 0 && !Character.isSurrogate((char) c));
		return plain ? text
				: new String(text.replace('\0', '?').getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
	}

}
