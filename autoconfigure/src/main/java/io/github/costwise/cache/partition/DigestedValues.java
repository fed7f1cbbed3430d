package io.github.costwise.cache.partition;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.github.costwise.cache.partition.Properties.Getter;
import io.github.costwise.text.TextPattern;

/**
 * Adds values of any class to a digest, each with its kind before it. Sets and maps are
 * taken in any order. A value that cannot be distinguished from others by its text is
 * reported as unreadable rather than left out.
 */
final class DigestedValues {

	/** What {@link Object#toString()} makes of an object says which one it is only. */
	private static final TextPattern IDENTITY = TextPattern
		.of("(?<![\\w.])(?:[a-z]\\w*+\\.)++[A-Z][\\w$]*@[0-9a-f]{1,8}");

	private DigestedValues() {
	}

	static void add(@Nullable Object value, FieldDigest digest) throws UnreadableException {
		if (value == null) {
			digest.kind(ValueKind.NOTHING);
		}
		else if (value instanceof CharSequence text) {
			digest.kind(ValueKind.TEXT).add(text.toString());
		}
		else if (value instanceof Optional<?> optional) {
			add(optional.orElse(null), digest);
		}
		else if (value instanceof Map<?, ?> map) {
			addMap(map, digest);
		}
		else if (value instanceof Collection<?> collection) {
			addCollection(collection, digest);
		}
		else {
			addObject(value, Properties.of(value.getClass()), digest);
		}
	}

	private static void addObject(Object value, Properties properties, FieldDigest digest) throws UnreadableException {
		digest.kind(ValueKind.OBJECT).add(value.getClass().getName());
		if (!properties.described() && properties.complete()) {
			for (Getter getter : properties.getters()) {
				add(getter.get(value), digest);
			}
		}
		else {
			digest.add(text(value, properties));
		}
	}

	private static void addMap(Map<?, ?> map, FieldDigest digest) throws UnreadableException {
		Set<String> entries = new TreeSet<>();
		for (Map.Entry<?, ?> entry : map.entrySet()) {
			FieldDigest own = new FieldDigest();
			add(entry.getKey(), own);
			add(entry.getValue(), own);
			entries.add(own.toHex());
		}
		addSorted(ValueKind.MAP, entries, digest);
	}

	private static void addCollection(Collection<?> collection, FieldDigest digest) throws UnreadableException {
		if (collection instanceof Set<?>) {
			Set<String> elements = new TreeSet<>();
			for (Object element : collection) {
				FieldDigest own = new FieldDigest();
				add(element, own);
				elements.add(own.toHex());
			}
			addSorted(ValueKind.SET, elements, digest);
			return;
		}
		digest.kind(ValueKind.LIST).add(collection.size());
		for (Object element : collection) {
			add(element, digest);
		}
	}

	private static void addSorted(ValueKind kind, Set<String> digests, FieldDigest digest) {
		digest.kind(kind).add(digests.size());
		digests.forEach(digest::add);
	}

	/** The text of a value, if its class says what it holds. */
	private static String text(Object value, Properties properties) throws UnreadableException {
		String text = properties.described() ? value.toString() : null;
		if (text == null || IDENTITY.isIn(text)) {
			throw new UnreadableException("a " + value.getClass().getName());
		}
		return text;
	}

	/** Keeps values of different kinds apart. */
	enum ValueKind {

		NOTHING, TEXT, MAP, SET, LIST, OBJECT

	}

	/** Something cannot be distinguished from others, so that nothing may be shared. */
	static final class UnreadableException extends Exception {

		private static final long serialVersionUID = 1L;

		UnreadableException(String what) {
			super(what);
		}

	}

}
