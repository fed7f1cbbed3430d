package io.github.costwise.cache.memory;

import java.nio.file.Path;

import io.github.costwise.cache.CacheEntries;
import io.github.costwise.cache.TestClock;
import io.github.costwise.model.CacheEviction;

/** A process that stores, removes and rewrites until it is killed, and tells it. */
final class BusyCache {

	private BusyCache() {
	}

	public static void main(String[] args) {
		FileResponseCacheStore store = FileResponseCacheStore.open(Path.of(args[0]), "busy",
				MemoryStoreSettings.defaults(), new TestClock(CacheEntries.NOW), Runnable::run);
		Thread rewriting = new Thread(() -> {
			while (true) {
				store.compact();
			}
		});
		rewriting.setDaemon(true);
		rewriting.start();
		for (int i = 0;; i++) {
			store.put(CacheEntries.entry("p", "q" + i, CacheEntries.vector(i)));
			if (i % 2 == 0) {
				store.evict(CacheEviction.entry(CacheEntries.key("p", "q" + i).id()));
				System.out.println("removed q" + i + ".");
				System.out.flush();
			}
		}
	}

}
