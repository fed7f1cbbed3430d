package io.github.costwise.cache.memory;

import java.nio.file.Path;
import java.time.Clock;

import io.github.costwise.cache.CacheEntries;
import io.github.costwise.cache.TestClock;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheEviction;

/** A process that dies without closing its cache. */
final class KilledCache {

	static final int ENTRIES = 300;

	static final int EXIT = 9;

	private KilledCache() {
	}

	public static void main(String[] args) {
		Clock clock = new TestClock(CacheEntries.NOW);
		FileResponseCacheStore store = FileResponseCacheStore.open(Path.of(args[0]), MemoryStoreSettings.defaults(),
				clock, Runnable::run);
		for (int i = 0; i < ENTRIES; i++) {
			store.put(CacheEntries.entry("p", "q" + i, CacheEntries.vector(i)));
		}
		CacheEntry first = CacheEntries.entry("p", "q0", null);
		store.evict(CacheEviction.entry(first.id()));
		Runtime.getRuntime().halt(EXIT);
	}

}
