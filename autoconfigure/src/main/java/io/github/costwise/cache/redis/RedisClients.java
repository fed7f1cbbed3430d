package io.github.costwise.cache.redis;

import com.google.gson.GsonBuilder;
import com.redis.om.spring.client.RedisModulesClient;
import com.redis.om.spring.ops.NoOpCommandListener;
import com.redis.om.spring.ops.RedisModulesOperations;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;

import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.costwise.CostwiseConfigurationException;

/**
 * Makes operations of redis-om-spring with connections and time-outs of their own, for
 * the server that the application uses: a cache must give up sooner than its users.
 */
final class RedisClients {

	private RedisClients() {
	}

	static RedisModulesOperations<String> operations(JedisConnectionFactory source, RedisStoreSettings settings) {
		JedisConnectionFactory factory = copy(source, client(source.getClientConfiguration(), settings));
		GsonBuilder gson = new GsonBuilder();
		return new RedisModulesOperations<>(new RedisModulesClient(factory, gson), new StringRedisTemplate(factory),
				gson, new NoOpCommandListener());
	}

	static UnifiedJedis client(RedisModulesOperations<?> operations) {
		if (operations.client().clientForSearch() instanceof UnifiedJedis client) {
			return client;
		}
		throw new CostwiseConfigurationException("redis-om-spring no longer offers a UnifiedJedis.",
				"Use redis-om-spring 2.0.7, or keep the cache elsewhere with costwise.cache.store=memory.");
	}

	private static JedisConnectionFactory copy(JedisConnectionFactory source, JedisClientConfiguration client) {
		@Nullable RedisSentinelConfiguration sentinel = source.getSentinelConfiguration();
		if (sentinel != null) {
			return new JedisConnectionFactory(sentinel, client);
		}
		if (source.getClusterConfiguration() != null) {
			throw new CostwiseConfigurationException("The response cache cannot be kept in a Redis cluster.",
					"Name one server or sentinels in spring.data.redis, or set costwise.cache.store=memory.");
		}
		RedisStandaloneConfiguration standalone = source.getStandaloneConfiguration();
		return new JedisConnectionFactory((standalone != null) ? standalone : new RedisStandaloneConfiguration(),
				client);
	}

	private static JedisClientConfiguration client(JedisClientConfiguration source, RedisStoreSettings settings) {
		JedisClientConfiguration.JedisClientConfigurationBuilder builder = JedisClientConfiguration.builder()
			.connectTimeout(settings.timeout())
			.readTimeout(settings.timeout());
		source.getClientName().ifPresent(builder::clientName);
		if (source.isUseSsl()) {
			JedisClientConfiguration.JedisSslClientConfigurationBuilder ssl = builder.useSsl();
			source.getSslSocketFactory().ifPresent(ssl::sslSocketFactory);
			source.getSslParameters().ifPresent(ssl::sslParameters);
			source.getHostnameVerifier().ifPresent(ssl::hostnameVerifier);
		}
		return builder.usePooling().poolConfig(pool(settings)).build();
	}

	private static GenericObjectPoolConfig<Object> pool(RedisStoreSettings settings) {
		GenericObjectPoolConfig<Object> pool = new GenericObjectPoolConfig<>();
		pool.setMaxTotal(settings.maxConnections());
		pool.setMaxIdle(settings.maxConnections());
		pool.setMaxWait(settings.timeout());
		pool.setJmxEnabled(false);
		return pool;
	}

}
