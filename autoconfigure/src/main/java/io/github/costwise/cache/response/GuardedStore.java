package io.github.costwise.cache.response;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.costwise.cache.flight.FlightLocks;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.model.CacheKey;
import io.github.costwise.model.CacheStats;
import io.github.costwise.model.Neighbour;
import io.github.costwise.spi.CacheStoreException;
import io.github.costwise.spi.CacheStoreException.StoreReason;
import io.github.costwise.spi.EvictionMarks;
import io.github.costwise.spi.ResponseCacheStore;
import io.github.costwise.time.Ticker;

/**
 * A store that is left out while it is slow or fails, so that it costs calls nothing.
 * Evictions always reach it, since they must not be lost. Thread-safe.
 */
final class GuardedStore implements ResponseCacheStore {

	private static final Log logger = LogFactory.getLog(GuardedStore.class);

	private final ResponseCacheStore store;

	private final StoreBreaker breaker;

	private final Ticker ticker;

	private final Duration slow;

	private volatile @Nullable String reason;

	GuardedStore(ResponseCacheStore store, Duration slow, Ticker ticker) {
		this.store = store;
		this.slow = slow;
		this.ticker = ticker;
		this.breaker = new StoreBreaker(ticker);
	}

	@Override
	public void put(CacheEntry entry) {
		run(() -> this.store.put(entry));
	}

	/** Many entries may take their time. */
	@Override
	public void putAll(Collection<CacheEntry> entries) {
		ask(() -> {
			this.store.putAll(entries);
			return entries;
		}, false);
	}

	@Override
	public @Nullable CacheEntry find(CacheKey key) {
		return ask(() -> this.store.find(key), true);
	}

	@Override
	public List<Neighbour> nearest(String partition, float[] vector, int count) {
		return ask(() -> this.store.nearest(partition, vector, count), true);
	}

	@Override
	public long evict(CacheEviction eviction) {
		return this.store.evict(eviction);
	}

	@Override
	public CacheStats stats() {
		return this.store.stats();
	}

	/** Returns the locks of the store, or {@code null} when it has none. */
	@Nullable FlightLocks locks() {
		return (this.store instanceof FlightLocks locks) ? new Locks(locks) : null;
	}

	/** Returns the marks of the store, or {@code null} when it has none. */
	@Nullable EvictionMarks marks() {
		return (this.store instanceof EvictionMarks marks) ? () -> ask(marks::marked, true) : null;
	}

	StoreState state() {
		boolean used = this.breaker.state() == StoreBreaker.BreakerState.USED;
		return new StoreState(name(), used, used ? null : this.reason);
	}

	private String name() {
		return this.store.getClass().getSimpleName();
	}

	private void run(Runnable request) {
		ask(() -> {
			request.run();
			return Boolean.TRUE;
		}, true);
	}

	private <T extends @Nullable Object> T ask(Supplier<T> request, boolean timed) {
		long permit = this.breaker.admit();
		if (permit == StoreBreaker.REFUSED) {
			throw new LeftOutException();
		}
		long start = this.ticker.read();
		try {
			T answer = request.get();
			answered(permit, this.ticker.read() - start, timed);
			return answer;
		}
		catch (CacheStoreException ex) {
			failed(permit, ex, ex.reason() == StoreReason.UNAVAILABLE || ex.reason() == StoreReason.TIMEOUT);
			throw ex;
		}
		catch (RuntimeException | Error ex) {
			failed(permit, ex, true);
			throw ex;
		}
	}

	private void answered(long permit, long nanos, boolean timed) {
		boolean slowly = timed && nanos > this.slow.toNanos();
		ended(permit, slowly ? "it took longer than " + this.slow.toMillis() + " ms" : null);
	}

	/** A caller that goes away says nothing of the store. */
	private void failed(long permit, Throwable error, boolean counts) {
		if (!Thread.currentThread().isInterrupted()) {
			ended(permit, counts ? String.valueOf(error.getMessage()) : null);
		}
	}

	private void ended(long permit, @Nullable String problem) {
		StoreBreaker.Change change = this.breaker.ended(permit, problem == null);
		if (change == StoreBreaker.Change.OPENED) {
			this.reason = problem;
			logger.warn("Costwise: the store of the response cache, " + name() + ", is left out for "
					+ StoreBreaker.PAUSE.toSeconds() + " s at a time until it is well: half of ten requests failed or "
					+ "were slow; the last one: " + problem);
		}
		else if (change == StoreBreaker.Change.CLOSED) {
			this.reason = null;
			logger.info("Costwise: the store of the response cache, " + name() + ", is well and used again");
		}
	}

	/** Without a stack trace, since each call may be given one. */
	private static final class LeftOutException extends CacheStoreException implements Faults.Told {

		private static final long serialVersionUID = 1;

		LeftOutException() {
			super(StoreReason.UNAVAILABLE, "The store is left out for a while, since it was slow or failed", null);
		}

		@Override
		public Throwable fillInStackTrace() {
			return this;
		}

	}

	/** The locks of the store. */
	private final class Locks implements FlightLocks {

		private final FlightLocks locks;

		private Locks(FlightLocks locks) {
			this.locks = locks;
		}

		@Override
		public boolean tryLock(String id, String owner, Duration lease) {
			return ask(() -> this.locks.tryLock(id, owner, lease), true);
		}

		@Override
		public boolean isLocked(String id) {
			return ask(() -> this.locks.isLocked(id), true);
		}

		@Override
		public void unlock(String id, String owner) {
			run(() -> this.locks.unlock(id, owner));
		}

	}

}
