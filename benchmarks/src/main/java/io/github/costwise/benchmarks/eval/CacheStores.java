package io.github.costwise.benchmarks.eval;

import java.net.URI;
import java.net.URISyntaxException;

import io.github.costwise.benchmarks.eval.EvalCommand.Option;
import io.github.costwise.benchmarks.eval.cache.EvaluatedStore;
import io.github.costwise.benchmarks.eval.cache.PgVectorEvaluatedStore;
import io.github.costwise.benchmarks.eval.cache.RedisEvaluatedStore;
import io.github.costwise.testsupport.RealParts;

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
		if (store.equals("redis") || store.startsWith("redis:")) {
			return new RedisEvaluatedStore(store.equals("redis") ? RealParts.redisStack() : uri(store));
		}
		if (store.equals("pgvector") || store.startsWith("pgvector:")) {
			String url = store.equals("pgvector") ? RealParts.freshPostgres() : store.substring("pgvector:".length());
			return new PgVectorEvaluatedStore(url);
		}
		throw new UsageException("--store: unknown store " + store);
	}

	/** Reads {@code redis:redis://host:port} and {@code redis://host:port} alike. */
	private static URI uri(String store) {
		String address = store.startsWith("redis://") ? store : store.substring("redis:".length());
		try {
			URI uri = new URI(address);
			if (uri.getHost() != null && uri.getPort() > 0) {
				return uri;
			}
		}
		catch (URISyntaxException ex) {
			// reported below, like an address without a host
		}
		throw new UsageException("--store: " + address + " is no address such as redis://localhost:6379");
	}

}
