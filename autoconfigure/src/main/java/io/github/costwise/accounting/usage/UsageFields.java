package io.github.costwise.accounting.usage;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads a usage body, whatever it is made of: the provider's JSON as a map, or a class of
 * its client. Unknown names are absent; nothing throws for a body of an odd form.
 */
interface UsageFields {

	/** What {@link #number} gives for a field that is not there. */
	long ABSENT = Long.MIN_VALUE;

	/** A body without fields. */
	UsageFields NONE = (field) -> null;

	/**
	 * Returns the value of a field: a number, a text, a map, a list or an object of the
	 * client, or {@code null} when it is not there.
	 */
	@Nullable Object value(Field field);

	/**
	 * Returns the values of the fields that are known by their names alone: all of a map,
	 * and what the class of a client has no accessor for.
	 */
	default Map<String, Object> untyped() {
		return Map.of();
	}

	default long number(Field field) {
		Object value = value(field);
		if (value instanceof String text) {
			BigDecimal number = UsageNumbers.of(text);
			return (number != null) ? UsageNumbers.count(number) : ABSENT;
		}
		return (value instanceof Number number) ? UsageNumbers.count(number) : ABSENT;
	}

	default boolean has(Field field) {
		return value(field) != null;
	}

	default UsageFields child(Field field) {
		UsageFields child = NativeViews.view(value(field));
		return (child != null) ? child : NONE;
	}

	default List<UsageFields> children(Field field) {
		if (value(field) instanceof List<?> list) {
			return list.stream().map((item) -> {
				UsageFields child = NativeViews.view(item);
				return (child != null) ? child : NONE;
			}).toList();
		}
		return List.of();
	}

	default @Nullable String text(Field field) {
		Object value = value(field);
		return (value != null) ? value.toString() : null;
	}

	default @Nullable BigDecimal decimal(Field field) {
		Object value = value(field);
		return (value instanceof Number || value instanceof String) ? UsageNumbers.of(value.toString()) : null;
	}

	/** Returns the first of two fields that is there, as a body of its own. */
	default UsageFields child(Field first, Field... others) {
		Field found = first;
		for (int i = 0; i < others.length && !has(found); i++) {
			found = others[i];
		}
		return child(found);
	}

}
