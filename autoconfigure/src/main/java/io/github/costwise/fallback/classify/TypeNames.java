package io.github.costwise.fallback.classify;

import java.util.Set;

/**
 * Types of libraries that may be absent, where the name is all there is to tell.
 */
final class TypeNames {

	private TypeNames() {
	}

	/** Returns whether the object's class or one above it has one of the names. */
	static boolean isA(Object object, Set<String> names) {
		for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
			if (names.contains(type.getName())) {
				return true;
			}
		}
		return false;
	}

}
