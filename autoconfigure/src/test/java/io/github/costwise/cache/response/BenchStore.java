package io.github.costwise.cache.response;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.github.costwise.cache.flight.FlightLocks;
import io.github.costwise.cache.memory.InMemoryResponseCacheStore;
import io.github.costwise.cache.memory.MemoryStoreSettings;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.model.CacheKey;
import io.github.costwise.model.CacheStats;
import io.github.costwise.model.Neighbour;
import io.github.costwise.spi.ResponseCacheStore;
import io.github.costwise.testsupport.FakeTime;

/** A store that fails, takes its time or lets something happen where a test wants it. */
class BenchStore implements ResponseCacheStore {

	/** Done after each of the next look-ups, one a look-up. */
	final Deque<Runnable> afterFind = new ArrayDeque<>();

	final List<CacheEntry> puts = new ArrayList<>();

	private final FakeTime time;

	private final InMemoryResponseCacheStore store;

	/** What requests of it do instead. */
	@Nullable Throwable failure;

	/** What looking for similar questions does instead. */
	@Nullable RuntimeException nearestFailure;

	/** How long each request takes. */
	Duration takes = Duration.ZERO;

	int asked;

	BenchStore(FakeTime time) {
		this.time = time;
		this.store = new InMemoryResponseCacheStore(MemoryStoreSettings.defaults(), time);
	}

	private void request() {
		this.asked++;
		this.time.advance(this.takes);
		Throwable failing = this.failure;
		if (failing instanceof Error error) {
			throw error;
		}
		if (failing != null) {
			throw (RuntimeException) failing;
		}
	}

	@Override
	public void put(CacheEntry entry) {
		request();
		this.puts.add(entry);
		this.store.put(entry);
	}

	@Override
	public @Nullable CacheEntry find(CacheKey key) {
		request();
		CacheEntry found = this.store.find(key);
		Runnable then = this.afterFind.poll();
		if (then != null) {
			then.run();
		}
		return found;
	}

	@Override
	public List<Neighbour> nearest(String partition, float[] vector, int count) {
		request();
		if (this.nearestFailure != null) {
			throw this.nearestFailure;
		}
		return this.store.nearest(partition, vector, count);
	}

	@Override
	public long evict(CacheEviction eviction) {
		request();
		return this.store.evict(eviction);
	}

	@Override
	public CacheStats stats() {
		return this.store.stats();
	}

	/** One that several instances share. */
	static final class Shared extends BenchStore implements FlightLocks {

		final Map<String, String> locks = new ConcurrentHashMap<>();

		/** What asking for locks does instead. */
		@Nullable RuntimeException lockFailure;

		Shared(FakeTime time) {
			super(time);
		}

		private void asked() {
			if (this.lockFailure != null) {
				throw this.lockFailure;
			}
		}

		@Override
		public boolean tryLock(String id, String owner, Duration lease) {
			asked();
			return owner.equals(this.locks.computeIfAbsent(id, (free) -> owner));
		}

		@Override
		public boolean isLocked(String id) {
			asked();
			return this.locks.containsKey(id);
		}

		@Override
		public void unlock(String id, String owner) {
			asked();
			this.locks.remove(id, owner);
		}

	}

}
