package io.github.costwise.advisor;

import java.time.Clock;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.costwise.cache.memory.InMemoryResponseCacheStore;
import io.github.costwise.cache.memory.MemoryStoreSettings;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.model.CacheKey;
import io.github.costwise.model.CacheStats;
import io.github.costwise.model.Neighbour;
import io.github.costwise.spi.ResponseCacheStore;

/** A store in process that lets a test act before each of its methods. */
class DelegatingStore implements ResponseCacheStore {

	private final ResponseCacheStore delegate;

	DelegatingStore() {
		this(Clock.systemUTC());
	}

	DelegatingStore(Clock clock) {
		this.delegate = new InMemoryResponseCacheStore(MemoryStoreSettings.defaults(), clock);
	}

	/**
	 * Acts before a method.
	 * @param method its name
	 * @param entry what is stored, or {@code null}
	 */
	void before(String method, @Nullable CacheEntry entry) {
	}

	@Override
	public void put(CacheEntry entry) {
		before("put", entry);
		this.delegate.put(entry);
	}

	@Override
	public @Nullable CacheEntry find(CacheKey key) {
		before("find", null);
		return this.delegate.find(key);
	}

	@Override
	public List<Neighbour> nearest(String partition, float[] vector, int count) {
		before("nearest", null);
		return this.delegate.nearest(partition, vector, count);
	}

	@Override
	public long evict(CacheEviction eviction) {
		before("evict", null);
		return this.delegate.evict(eviction);
	}

	@Override
	public CacheStats stats() {
		return this.delegate.stats();
	}

}
