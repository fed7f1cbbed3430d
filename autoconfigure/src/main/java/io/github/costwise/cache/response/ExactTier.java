package io.github.costwise.cache.response;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.github.costwise.cache.flight.FlightLocks;
import io.github.costwise.cache.flight.SingleFlight;
import io.github.costwise.faults.Faults;
import io.github.costwise.spi.CacheStoreException;
import io.github.costwise.time.Alarm;

/**
 * Lets one turn of a burst of equal questions ask the model, in this instance and, where
 * the store can lock, in all. Thread-safe.
 */
final class ExactTier {

	private static final long FIRST_LOOK_MILLIS = 20;

	private static final long MOST_MILLIS = 500;

	private final @Nullable FlightLocks locks;

	private final SingleFlight flights = new SingleFlight();

	private final CacheSettings settings;

	private final CacheTasks tasks;

	private final Faults faults;

	ExactTier(GuardedStore store, CacheSettings settings, SemanticTier.Tools tools) {
		this.locks = settings.singleFlight() ? store.locks() : null;
		this.settings = settings;
		this.tasks = tools.tasks();
		this.faults = tools.faults();
	}

	CacheSettings settings() {
		return this.settings;
	}

	SingleFlight flights() {
		return this.flights;
	}

	/** Whether this turn may ask as far as other instances are concerned. */
	boolean lock(String id, String turn) {
		if (this.locks == null) {
			return true;
		}
		try {
			return this.locks.tryLock(id, turn, this.settings.patience());
		}
		catch (CacheStoreException ex) {
			this.faults.report(Faults.Kind.CACHE, ex);
			return true;
		}
	}

	/** Completes when nobody asks in another instance any more. */
	CompletableFuture<Void> unlocked(String id) {
		CompletableFuture<Void> free = new CompletableFuture<>();
		look(id, free, FIRST_LOOK_MILLIS);
		Alarm alarm = this.tasks.time().timers().schedule(() -> free.complete(null), this.settings.patience());
		free.whenComplete((done, error) -> alarm.cancel());
		return free;
	}

	private void look(String id, CompletableFuture<Void> free, long millis) {
		boolean taken = !free.isDone() && this.tasks.runAfter(millis, () -> {
			if (isLocked(id)) {
				look(id, free, Math.min(2 * millis, MOST_MILLIS));
			}
			else {
				free.complete(null);
			}
		});
		if (!taken) {
			free.complete(null);
		}
	}

	private boolean isLocked(String id) {
		try {
			return this.locks != null && this.locks.isLocked(id);
		}
		catch (CacheStoreException ex) {
			this.faults.report(Faults.Kind.CACHE, ex);
			return false;
		}
	}

	/** Frees the lock soon; one that is not freed ends with its lease. */
	void unlock(String id, String turn) {
		FlightLocks held = this.locks;
		if (held != null) {
			this.tasks.run(() -> held.unlock(id, turn));
		}
	}

}
