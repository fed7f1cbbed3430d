package io.github.costwise.benchmarks.eval;

import io.github.costwise.benchmarks.eval.EvalCommand.Option;
import io.github.costwise.benchmarks.eval.cache.EvaluatedStore;

/** Opens the store that an option names. */
final class CacheStores {

	static final Option OPTION = new Option("store", "memory|redis[:URI]|pgvector[:URI]", false);

	private CacheStores() {
	}

	static EvaluatedStore open(Options options, int entries) {
		String store = options.text("store", "memory");
		if (store.equals("memory")) {
			return EvaluatedStore.inMemory(entries);
		}
		throw new UsageException("--store: unknown store " + store);
	}

}
