package io.github.costwise.answer;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/** Which values of fields can be kept and given back as they were. */
final class FieldValues {

	private static final int DEEPEST = 32;

	private static final Set<Class<?>> PLAIN = Set.of(Boolean.class, Integer.class, Long.class, Double.class,
			BigInteger.class, BigDecimal.class, Instant.class, Duration.class, byte[].class);

	private FieldValues() {
	}

	static boolean areHeld(Map<?, ?> fields) {
		return isHeld(fields, 0);
	}

	private static boolean isHeld(@Nullable Object value, int depth) {
		if (value == null || depth > DEEPEST) {
			return false;
		}
		if (value instanceof String text) {
			return isWellFormed(text);
		}
		if (value instanceof List<?> list) {
			return list.stream().allMatch((element) -> isHeld(element, depth + 1));
		}
		if (value instanceof Map<?, ?> map) {
			return map.entrySet()
				.stream()
				.allMatch((entry) -> entry.getKey() instanceof String key && isWellFormed(key)
						&& isHeld(entry.getValue(), depth + 1));
		}
		return PLAIN.contains(value.getClass()) || ForeignForms.repeats(value);
	}

	/**
	 * Half of a surrogate pair has no bytes in UTF-8, so that what a store of the
	 * application's own would give back is not known.
	 */
	static boolean isWellFormed(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (Character.isSurrogate(text.charAt(i))) {
				if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
					return false;
				}
				i++;
			}
		}
		return true;
	}

	static void texts(@Nullable Object value, Consumer<String> consumer) {
		if (value instanceof String text) {
			consumer.accept(text);
		}
		else if (value instanceof List<?> list) {
			list.forEach((element) -> texts(element, consumer));
		}
		else if (value instanceof Map<?, ?> map) {
			map.values().forEach((element) -> texts(element, consumer));
		}
		else if (value != null && !PLAIN.contains(value.getClass())) {
			consumer.accept(ForeignForms.write(value));
		}
	}

}
