package io.github.costwise.budget.memory;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

import io.github.costwise.budget.account.AccountHold;

/**
 * The holds by their ids, with those that ended last, so that nothing ends twice.
 * Thread-safe.
 */
final class MemoryHolds {

	private static final int MOST_ENDED = 1_000;

	private static final int MOST_EXPIRED = 10_000;

	private final Map<String, AccountHold<MemoryAccount>> holds = new ConcurrentHashMap<>();

	private final Ring ended = new Ring(MOST_ENDED);

	private final Ring expired = new Ring(MOST_EXPIRED);

	@Nullable AccountHold<MemoryAccount> get(String id) {
		return this.holds.get(id);
	}

	/** Adds a hold, and returns the one that is there already. */
	@Nullable AccountHold<MemoryAccount> add(String id, AccountHold<MemoryAccount> hold) {
		return this.holds.putIfAbsent(id, hold);
	}

	/** A hold that has ended is forgotten when as many others have. */
	void ended(String id) {
		forget(this.ended.put(id));
	}

	/**
	 * A hold that has expired may be settled for longer.
	 * @return the one that is forgotten for it
	 */
	@Nullable AccountHold<MemoryAccount> expired(String id) {
		return forget(this.expired.put(id));
	}

	private @Nullable AccountHold<MemoryAccount> forget(@Nullable String id) {
		return (id != null) ? this.holds.remove(id) : null;
	}

	Collection<Map.Entry<String, AccountHold<MemoryAccount>>> all() {
		return this.holds.entrySet();
	}

	/** The latest ids. */
	private static final class Ring {

		private final AtomicReferenceArray<@Nullable String> ids;

		private final AtomicInteger next = new AtomicInteger();

		private Ring(int size) {
			this.ids = new AtomicReferenceArray<>(size);
		}

		/** Puts an id into the place of the oldest one, which it returns. */
		private @Nullable String put(String id) {
			int place = Math.floorMod(this.next.getAndIncrement(), this.ids.length());
			return this.ids.getAndSet(place, id);
		}

	}

}
