package io.github.costwise.observability;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The closed set of values of one tag: the first ones that are seen, up to a limit; all
 * others are one. Thread-safe.
 */
final class TagValues {

	static final String OTHER = "other";

	private final Set<String> known = ConcurrentHashMap.newKeySet();

	private final int limit;

	private final String absent;

	TagValues(int limit, String absent) {
		this.limit = limit;
		this.absent = absent;
	}

	String of(@Nullable String value) {
		if (value == null || value.isEmpty()) {
			return this.absent;
		}
		return this.known.contains(value) || admit(value) ? value : OTHER;
	}

	private boolean admit(String value) {
		if (this.known.size() >= this.limit) {
			return this.known.contains(value);
		}
		synchronized (this.known) {
			if (this.known.size() < this.limit) {
				this.known.add(value);
			}
			return this.known.contains(value);
		}
	}

}
