package io.github.costwise.accounting.wire;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Puts usages of one answer together. Counts are cumulative, so that the last one of a
 * field counts; a null, and a zero behind a count, tell nothing new. Not thread-safe.
 */
final class UsageMerge {

	private static final int MOST_FIELDS = 2000;

	private static final int FIELDS_OF_A_LIST = 100;

	private static final int LONGEST_TEXT = 256;

	private final Map<String, Object> body = new LinkedHashMap<>();

	private int fields;

	/**
	 * Adds a later usage.
	 * @return whether there was room for all of its fields
	 */
	boolean add(Map<?, ?> later) {
		return merge(this.body, later);
	}

	private boolean merge(Map<String, Object> into, Map<?, ?> later) {
		boolean room = true;
		for (Map.Entry<?, ?> field : later.entrySet()) {
			room &= put(into, String.valueOf(field.getKey()), field.getValue());
		}
		return room;
	}

	private boolean put(Map<String, Object> into, String name, @Nullable Object value) {
		Object before = into.get(name);
		if (value == null || (before != null && isZero(value)) || isLongText(value)) {
			return true;
		}
		if (before == null) {
			this.fields += (value instanceof List<?>) ? FIELDS_OF_A_LIST : 1;
		}
		if (this.fields > MOST_FIELDS) {
			return false;
		}
		if (value instanceof Map<?, ?> map) {
			Map<String, Object> inner = new LinkedHashMap<>();
			if (before instanceof Map<?, ?> known) {
				known.forEach((key, old) -> inner.put(String.valueOf(key), old));
			}
			into.put(name, inner);
			return merge(inner, map);
		}
		into.put(name, value);
		return true;
	}

	private static boolean isZero(Object value) {
		if (value instanceof BigDecimal decimal) {
			return decimal.signum() == 0;
		}
		return value instanceof Integer number && number == 0;
	}

	private static boolean isLongText(Object value) {
		return value instanceof String text && text.length() > LONGEST_TEXT;
	}

	boolean isEmpty() {
		return this.body.isEmpty();
	}

	/** Returns a copy of what is known, which does not change with later usages. */
	Map<String, Object> body() {
		return new LinkedHashMap<>(this.body);
	}

}
