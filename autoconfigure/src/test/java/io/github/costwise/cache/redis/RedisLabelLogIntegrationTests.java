package io.github.costwise.cache.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.JedisPooled;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;

import io.github.costwise.cache.learning.LabelLogContract;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.spi.CacheStoreException;
import io.github.costwise.spi.CacheStoreException.StoreReason;
import io.github.costwise.spi.LabelLog;
import io.github.costwise.testsupport.RealPart;
import io.github.costwise.testsupport.RealParts;
import io.github.costwise.testsupport.RequiresRealPart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link RedisLabelLog} on Redis Stack, each under a name of its own.
 */
@RequiresRealPart(RealPart.REDIS_STACK)
class RedisLabelLogIntegrationTests extends LabelLogContract {

	private final String name = "test:" + UUID.randomUUID();

	private final List<RedisResponseCacheStore> opened = new ArrayList<>();

	@Override
	protected LabelLog create() {
		return open(RealParts.redisStack(), Duration.ofSeconds(5)).labels();
	}

	@AfterEach
	void removeAll() {
		this.opened.forEach(RedisResponseCacheStore::close);
		try (JedisPooled redis = new JedisPooled(RealParts.redisStack())) {
			redis.ftList().stream().filter((index) -> index.startsWith(this.name)).forEach(redis::ftDropIndex);
			redis.keys(this.name + "*").forEach(redis::del);
		}
	}

	@Test
	void instancesShareRecordsAndPositions() {
		LabelLog other = create();
		log().append(GROUP, records("a", "b"));
		long position = other.read(GROUP, 0, 1).next();
		other.append(GROUP, records("c"));
		assertThat(texts(log().read(GROUP, position, 10).records())).containsExactly("b", "c");
	}

	@Test
	void positionsOfALostStreamAreNotGivenAgain() {
		log().append(GROUP, records("a", "b"));
		long position = log().read(GROUP, 0, 10).next();
		try (JedisPooled redis = new JedisPooled(RealParts.redisStack())) {
			assertThat(redis.del(this.name + ":labels:" + GROUP)).isOne();
		}
		log().append(GROUP, records("c"));
		assertThat(texts(log().read(GROUP, position, 10).records())).containsExactly("c");
	}

	@Test
	void evictionOfAllEntriesLeavesWhatWasLearnt() {
		log().append(GROUP, records("a"));
		this.opened.get(0).evict(CacheEviction.all());
		assertThat(texts(log().read(GROUP, 0, 10).records())).containsExactly("a");
	}

	@Test
	void keyOfAnotherTypeIsReported() {
		try (JedisPooled redis = new JedisPooled(RealParts.redisStack())) {
			redis.set(this.name + ":labels:" + GROUP, "something else");
		}
		assertFaults(log(), StoreReason.UNAVAILABLE);
	}

	@Test
	void serverThatDoesNotAnswerIsGivenUp() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
			URI server = URI.create("redis://127.0.0.1:" + socket.getLocalPort());
			assertFaults(open(server, Duration.ofMillis(50)).labels(), StoreReason.TIMEOUT);
		}
	}

	private static void assertFaults(LabelLog log, StoreReason reason) {
		for (Runnable action : List.<Runnable>of(() -> log.append(GROUP, records("secret")),
				() -> log.read(GROUP, 0, 1))) {
			assertThatExceptionOfType(CacheStoreException.class).isThrownBy(action::run)
				.returns(reason, CacheStoreException::reason)
				.withMessageNotContaining("secret");
		}
	}

	private RedisResponseCacheStore open(URI server, Duration timeout) {
		JedisConnectionFactory factory = new JedisConnectionFactory(
				new RedisStandaloneConfiguration(server.getHost(), server.getPort()));
		RedisResponseCacheStore store = RedisResponseCacheStore.open(factory,
				new RedisStoreSettings(this.name, 0, timeout, 16), Clock.systemUTC());
		this.opened.add(store);
		return store;
	}

}
