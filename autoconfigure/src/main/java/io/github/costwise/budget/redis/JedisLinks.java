package io.github.costwise.budget.redis;

import java.time.Duration;

import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;

import io.github.costwise.background.Team;
import io.github.costwise.time.Time;

/** Makes links for applications that use Jedis: a pool of connections. */
final class JedisLinks {

	private static final int MOST_CONNECTIONS = 32;

	private JedisLinks() {
	}

	/** Returns a link, or {@code null} for another client. */
	static @Nullable RedisLink of(RedisConnectionFactory source, Duration timeout, Team team, Time time) {
		if (!(source instanceof JedisConnectionFactory jedis)) {
			return null;
		}
		JedisConnectionFactory own = copy(jedis, client(jedis.getClientConfiguration(), timeout));
		own.afterPropertiesSet();
		own.start();
		return new OwnLink(own, own::destroy, timeout, team, time);
	}

	private static JedisConnectionFactory copy(JedisConnectionFactory source, JedisClientConfiguration client) {
		if (source.getClusterConfiguration() != null) {
			return new JedisConnectionFactory(source.getClusterConfiguration(), client);
		}
		if (source.getSentinelConfiguration() != null) {
			return new JedisConnectionFactory(source.getSentinelConfiguration(), client);
		}
		RedisStandaloneConfiguration standalone = source.getStandaloneConfiguration();
		return new JedisConnectionFactory((standalone != null) ? standalone : new RedisStandaloneConfiguration(),
				client);
	}

	private static JedisClientConfiguration client(JedisClientConfiguration source, Duration timeout) {
		JedisClientConfiguration.JedisClientConfigurationBuilder builder = JedisClientConfiguration.builder()
			.connectTimeout(timeout)
			.readTimeout(timeout);
		source.getClientName().ifPresent(builder::clientName);
		source.getClientConfigCustomizer().ifPresent(builder::customizeClientConfig);
		source.getClientCustomizer().ifPresent(builder::customizeClient);
		if (source.isUseSsl()) {
			JedisClientConfiguration.JedisSslClientConfigurationBuilder ssl = builder.useSsl();
			source.getSslSocketFactory().ifPresent(ssl::sslSocketFactory);
			source.getSslParameters().ifPresent(ssl::sslParameters);
			source.getHostnameVerifier().ifPresent(ssl::hostnameVerifier);
		}
		return builder.usePooling().poolConfig(pool(timeout)).build();
	}

	private static GenericObjectPoolConfig<Object> pool(Duration timeout) {
		GenericObjectPoolConfig<Object> pool = new GenericObjectPoolConfig<>();
		pool.setMaxTotal(MOST_CONNECTIONS);
		pool.setMaxIdle(MOST_CONNECTIONS);
		pool.setMaxWait(timeout);
		pool.setJmxEnabled(false);
		return pool;
	}

}
