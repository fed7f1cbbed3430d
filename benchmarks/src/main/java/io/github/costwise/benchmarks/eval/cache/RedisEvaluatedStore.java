package io.github.costwise.benchmarks.eval.cache;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

import redis.clients.jedis.JedisPooled;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;

import io.github.costwise.cache.redis.RedisResponseCacheStore;
import io.github.costwise.cache.redis.RedisStoreSettings;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.spi.ResponseCacheStore;

/**
 * A store in Redis, under a name of its own that is removed at the end.
 *
 * @since 0.1.0
 */
public final class RedisEvaluatedStore implements EvaluatedStore {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final String name = "costwise:eval:" + UUID.randomUUID();

	private final JedisPooled redis;

	private final RedisResponseCacheStore store;

	/**
	 * Opens a store.
	 * @param server the server, with Query Engine
	 */
	public RedisEvaluatedStore(URI server) {
		this.redis = new JedisPooled(server);
		JedisConnectionFactory factory = new JedisConnectionFactory(
				new RedisStandaloneConfiguration(server.getHost(), server.getPort()));
		this.store = RedisResponseCacheStore.open(factory,
				new RedisStoreSettings(this.name, SeededClusters.DIMENSION, TIMEOUT, 4), Clock.systemUTC());
	}

	@Override
	public ResponseCacheStore store() {
		return this.store;
	}

	@Override
	public long bytes() {
		return this.redis.info("memory")
			.lines()
			.filter((line) -> line.startsWith("used_memory:"))
			.mapToLong((line) -> Long.parseLong(line.substring(line.indexOf(':') + 1).trim()))
			.sum();
	}

	@Override
	public void close() {
		this.store.evict(CacheEviction.all());
		this.redis.ftList().stream().filter((index) -> index.startsWith(this.name)).forEach(this.redis::ftDropIndex);
		this.store.close();
		this.redis.close();
	}

}
