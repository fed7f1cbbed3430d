package io.github.costwise.actuate;

import org.jspecify.annotations.Nullable;

/**
 * Reads how many rows a request wants.
 */
final class Limits {

	private Limits() {
	}

	static int parse(@Nullable String limit, int byDefault, int max) {
		if (limit == null || limit.isBlank()) {
			return byDefault;
		}
		int value = wholeNumber(limit.trim());
		if (value < 1 || value > max) {
			throw Period.invalid("'limit' must be a whole number from 1 to " + max + ", but is '" + limit + "'");
		}
		return value;
	}

	private static int wholeNumber(String text) {
		try {
			return Integer.parseInt(text);
		}
		catch (NumberFormatException ex) {
			return -1;
		}
	}

}
