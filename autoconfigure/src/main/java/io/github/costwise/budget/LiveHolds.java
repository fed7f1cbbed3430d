package io.github.costwise.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import io.github.costwise.BudgetRefusal;
import io.github.costwise.spi.BudgetStore;
import io.github.costwise.spi.BudgetStore.Admission;
import io.github.costwise.time.Time;

/**
 * The holds of the calls that are in flight in this instance. They are extended at half
 * of their life; those of instances that are gone expire. Thread-safe.
 */
final class LiveHolds {

	private static final long SMOOTH = 8;

	private final BudgetStore store;

	private final Duration expiry;

	private final Time time;

	private final Map<String, Long> since = new ConcurrentHashMap<>();

	private final AtomicLong usualNanos = new AtomicLong();

	LiveHolds(BudgetStore store, Duration expiry, Time time) {
		this.store = store;
		this.expiry = expiry;
		this.time = time;
	}

	/**
	 * Returns how often {@link #tick} is due.
	 * @return half of the life of a hold
	 */
	Duration pause() {
		return this.expiry.dividedBy(2);
	}

	/**
	 * Extends the holds that are alive, and ends those that nobody extends.
	 * @return how many ended
	 */
	int tick() {
		Instant now = this.time.now();
		if (!this.since.isEmpty()) {
			this.store.extend(List.copyOf(this.since.keySet()), now.plus(this.expiry));
		}
		return this.store.expire(now).size();
	}

	/**
	 * Returns how many calls are in flight.
	 * @return the number now
	 */
	int size() {
		return this.since.size();
	}

	/** How long the oldest one has lasted; zero without any. */
	Duration oldest() {
		long now = this.time.nanos();
		return Duration.ofNanos(this.since.values().stream().mapToLong((began) -> now - began).max().orElse(0));
	}

	/** Those of calls are extended while they last. */
	void add(String id, boolean ofCall) {
		if (ofCall) {
			this.since.put(id, this.time.nanos());
		}
	}

	void remove(String id) {
		Long began = this.since.remove(id);
		if (began != null) {
			long took = this.time.nanos() - began;
			this.usualNanos.updateAndGet((usual) -> (usual == 0) ? took : usual + (took - usual) / SMOOTH);
		}
	}

	/** How long to wait until there may be room, or {@code null} when that is no use. */
	@Nullable Duration retryAfter(Admission.Denied refused, Instant now) {
		Instant room = refused.room();
		if (room != null) {
			return wholeSeconds(Duration.between(now, room));
		}
		return (refused.refusal() == BudgetRefusal.HOLDS) ? wholeSeconds(Duration.ofNanos(untilSettled())) : null;
	}

	private long untilSettled() {
		long oldest = this.since.values().stream().mapToLong(Long::longValue).min().orElse(this.time.nanos());
		return this.usualNanos.get() - (this.time.nanos() - oldest);
	}

	private static Duration wholeSeconds(Duration exact) {
		long seconds = exact.plusNanos(999_999_999).toSeconds();
		return Duration.ofSeconds(Math.max(1, seconds));
	}

}
