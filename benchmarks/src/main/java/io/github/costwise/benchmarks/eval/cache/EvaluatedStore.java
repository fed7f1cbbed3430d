package io.github.costwise.benchmarks.eval.cache;

import java.lang.ref.Reference;
import java.time.Clock;

import io.github.costwise.cache.memory.InMemoryResponseCacheStore;
import io.github.costwise.cache.memory.MemoryStoreSettings;
import io.github.costwise.spi.ResponseCacheStore;

/**
 * An empty store that an evaluation may fill.
 *
 * @since 0.1.0
 */
public interface EvaluatedStore extends AutoCloseable {

	/**
	 * Returns the store.
	 * @return the store
	 */
	ResponseCacheStore store();

	/**
	 * Returns the memory in use where the entries are.
	 * @return bytes
	 */
	long bytes();

	/** Waits until everything stored can be found. */
	default void settle() {
	}

	@Override
	void close();

	/**
	 * Returns a store in this process.
	 * @param entries how many entries it must hold
	 * @return the store
	 */
	static EvaluatedStore inMemory(int entries) {
		ResponseCacheStore store = new InMemoryResponseCacheStore(
				new MemoryStoreSettings(Math.max(1, entries), Long.MAX_VALUE), Clock.systemUTC());
		return new EvaluatedStore() {

			@Override
			public ResponseCacheStore store() {
				return store;
			}

			@Override
			public long bytes() {
				for (int i = 0; i < 3; i++) {
					System.gc();
				}
				Reference.reachabilityFence(store);
				return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
			}

			@Override
			public void close() {
			}

		};
	}

}
