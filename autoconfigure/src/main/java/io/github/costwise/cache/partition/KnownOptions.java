package io.github.costwise.cache.partition;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Options whose digest is known, told from others by values that never change; of
 * collections, only that they are empty. Immutable.
 */
final class KnownOptions {

	private static final Object EMPTY_MAP = new Object();

	private static final Object EMPTY_LIST = new Object();

	private final @Nullable Object[] values;

	private final String digest;

	private KnownOptions(@Nullable Object[] values, String digest) {
		this.values = values;
		this.digest = digest;
	}

	/**
	 * Returns options to remember.
	 * @param values what they hold, each in its place
	 * @param digest of the values
	 * @return the options, or {@code null} when a value may change
	 */
	static @Nullable KnownOptions of(@Nullable Object[] values, String digest) {
		@Nullable Object[] fixed = new Object[values.length];
		for (int i = 0; i < values.length; i++) {
			fixed[i] = fixed(values[i]);
			if (fixed[i] == null && values[i] != null) {
				return null;
			}
		}
		return new KnownOptions(fixed, digest);
	}

	boolean are(@Nullable Object[] asked) {
		for (int i = 0; i < asked.length; i++) {
			if (asked[i] != this.values[i] && !isEqual(asked[i], this.values[i])) {
				return false;
			}
		}
		return true;
	}

	String digest() {
		return this.digest;
	}

	private static boolean isEqual(@Nullable Object asked, @Nullable Object known) {
		Object fixed = fixed(asked);
		return fixed != null && fixed.equals(known);
	}

	/** What stands for a value for ever, or {@code null}. */
	private static @Nullable Object fixed(@Nullable Object value) {
		if (value instanceof String || value instanceof Boolean || value instanceof Enum<?>
				|| (value instanceof Number && value instanceof Comparable<?>)) {
			return value;
		}
		if (value instanceof List<?> list && list.isEmpty()) {
			return EMPTY_LIST;
		}
		return (value instanceof Map<?, ?> map && map.isEmpty()) ? EMPTY_MAP : null;
	}

}
