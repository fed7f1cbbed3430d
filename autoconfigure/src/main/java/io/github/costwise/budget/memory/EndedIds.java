package io.github.costwise.budget.memory;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * Ids of the calls that ended last. Thread-safe.
 */
final class EndedIds {

	private final Map<String, Boolean> ids = new ConcurrentHashMap<>();

	private final AtomicReferenceArray<@Nullable String> order;

	private final AtomicInteger next = new AtomicInteger();

	EndedIds(int most) {
		this.order = new AtomicReferenceArray<>(most);
	}

	/** Adds an id, and returns whether it is new. */
	boolean add(String id) {
		if (this.ids.putIfAbsent(id, Boolean.TRUE) != null) {
			return false;
		}
		int place = Math.floorMod(this.next.getAndIncrement(), this.order.length());
		String oldest = this.order.getAndSet(place, id);
		if (oldest != null) {
			this.ids.remove(oldest);
		}
		return true;
	}

	boolean contains(String id) {
		return this.ids.containsKey(id);
	}

}
