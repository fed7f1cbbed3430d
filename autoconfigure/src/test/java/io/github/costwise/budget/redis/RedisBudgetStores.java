package io.github.costwise.budget.redis;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.github.costwise.background.Background;
import io.github.costwise.background.Team;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.BudgetAccount;
import io.github.costwise.time.Time;

/**
 * Makes stores for tests, and closes them. Not thread-safe.
 */
final class RedisBudgetStores implements AutoCloseable {

	private final Background background = new Background(new Faults());

	private final List<AutoCloseable> opened = new ArrayList<>();

	static RedisBudgetSettings settings() {
		return new RedisBudgetSettings("test:" + UUID.randomUUID(), Duration.ofSeconds(20));
	}

	RedisConnectionFactory lettuce(URI server) {
		LettuceConnectionFactory factory = new LettuceConnectionFactory(standalone(server));
		factory.afterPropertiesSet();
		factory.start();
		return add(factory);
	}

	RedisConnectionFactory jedis(URI server) {
		JedisConnectionFactory factory = new JedisConnectionFactory(standalone(server));
		factory.afterPropertiesSet();
		factory.start();
		return add(factory);
	}

	RedisConnectionFactory lettuceCluster(List<String> nodes) {
		LettuceConnectionFactory factory = new LettuceConnectionFactory(new RedisClusterConfiguration(nodes));
		factory.afterPropertiesSet();
		factory.start();
		return add(factory);
	}

	RedisConnectionFactory jedisCluster(List<String> nodes) {
		JedisConnectionFactory factory = new JedisConnectionFactory(new RedisClusterConfiguration(nodes));
		factory.afterPropertiesSet();
		factory.start();
		return add(factory);
	}

	private static RedisStandaloneConfiguration standalone(URI server) {
		return new RedisStandaloneConfiguration(server.getHost(), server.getPort());
	}

	private <T extends DisposableBean> T add(T factory) {
		this.opened.add(factory::destroy);
		return factory;
	}

	/** One whose clock is that of its callers. */
	RedisBudgetStore fake(RedisConnectionFactory factory, RedisBudgetSettings settings) {
		RedisCalls calls = RedisCalls.of(factory, settings.timeout(), team(), time());
		return add(new RedisBudgetStore(calls, settings, RedisBudgetStore.ONE_SHARD, team(), time(),
				RedisClock.ofCallers()));
	}

	RedisBudgetStore real(RedisConnectionFactory factory, RedisBudgetSettings settings) {
		return real(factory, settings, RedisBudgetStore.ONE_SHARD, time());
	}

	RedisBudgetStore real(RedisConnectionFactory factory, RedisBudgetSettings settings,
			Function<BudgetAccount, String> shards, Time time) {
		return add(new RedisBudgetStore(factory, settings, shards, team(), time));
	}

	private RedisBudgetStore add(RedisBudgetStore store) {
		this.opened.add(store);
		return store;
	}

	private Team team() {
		return this.background.team("budget-store", Faults.Kind.BUDGET);
	}

	Time time() {
		return this.background.time();
	}

	@Override
	public void close() throws Exception {
		for (int i = this.opened.size() - 1; i >= 0; i--) {
			this.opened.get(i).close();
		}
		this.opened.clear();
	}

}
