package io.github.costwise.cache.redis;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.JedisPooled;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;

import io.github.costwise.cache.CacheEntries;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.model.CacheLabel;
import io.github.costwise.spi.EvictionIncompleteException;
import io.github.costwise.testsupport.OwnRedis;
import io.github.costwise.testsupport.RealPart;
import io.github.costwise.testsupport.RequiresRealPart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Evictions from a Redis that lost its index, builds it, starts again or hangs.
 */
@Timeout(120)
@RequiresRealPart(RealPart.REDIS_STACK)
class RedisEvictionIntegrationTests {

	private static final CacheLabel ACME = CacheLabel.tenant("acme");

	private static final int MANY = 5_000;

	private static final String INDEX = "cache:v" + RedisDocument.SCHEMA + ":d384";

	private final Instant end = Instant.now().plus(Duration.ofHours(1));

	@TempDir
	private Path folder;

	private OwnRedis server;

	private RedisResponseCacheStore store;

	@BeforeEach
	void start() throws Exception {
		this.server = OwnRedis.start(this.folder);
		this.store = open();
	}

	private RedisResponseCacheStore open() {
		URI address = this.server.uri();
		return RedisResponseCacheStore.open(
				new JedisConnectionFactory(new RedisStandaloneConfiguration(address.getHost(), address.getPort())),
				new RedisStoreSettings("cache", CacheEntries.DIMENSION, Duration.ofSeconds(2), 4), Clock.systemUTC());
	}

	@AfterEach
	void stop() throws Exception {
		this.store.close();
		this.server.close();
	}

	@Test
	void everythingStoredAfterAFlushIsRemoved() {
		put(40);
		redis(JedisPooled::flushAll);
		put(40);
		assertThat(this.store.evict(CacheEviction.label(ACME))).isEqualTo(40);
		assertNothingOf(40);
	}

	@Test
	void everythingIsRemovedWhenTheIndexIsGone() {
		put(40);
		put(CacheLabel.tenant("umbrella"), 3);
		redis((redis) -> redis.ftDropIndex(INDEX));
		assertThat(this.store.evict(CacheEviction.label(ACME))).isEqualTo(40);
		redis((redis) -> redis.ftDropIndex(INDEX));
		assertThat(this.store.evict(CacheEviction.partition(CacheEntries.partition("umbrella")))).isZero();
		redis((redis) -> redis.ftDropIndex(INDEX));
		assertThat(this.store.evict(CacheEviction.all())).isEqualTo(3);
	}

	@Test
	void everythingIsRemovedWhileTheIndexIsBuilt() {
		put(MANY);
		redis((redis) -> redis.ftDropIndex(INDEX));
		this.store.nearest(CacheEntries.partition("acme"), CacheEntries.vector(1), 1);
		assertThat(this.store.evict(CacheEviction.label(ACME))).isEqualTo(MANY);
		assertNothingOf(MANY);
	}

	@Test
	void everythingIsRemovedAfterARestart() throws Exception {
		put(MANY);
		this.server.restart();
		long removed = evictOnceReachable();
		assertThat(removed).isEqualTo(MANY);
		assertNothingOf(MANY);
	}

	/** Connections of before the restart fail first. */
	private long evictOnceReachable() {
		long removed = 0;
		for (int i = 0; i < 10; i++) {
			try {
				return removed + this.store.evict(CacheEviction.label(ACME));
			}
			catch (EvictionIncompleteException ex) {
				removed += ex.removed();
			}
		}
		return removed;
	}

	@Test
	void countIsTheWholeOneOrUnknown() {
		put(MANY);
		redis((redis) -> redis.ftDropIndex(INDEX));
		assertThat(this.store.stats().entries()).isEqualTo(-1);
		for (int i = 0; i < 20; i++) {
			assertThat(this.store.stats().entries()).isIn(-1L, (long) MANY);
		}
	}

	@Test
	void entryThatTheIndexRefusedIsRemoved() {
		put(2);
		redis((redis) -> {
			byte[] key = RedisDocument.bytes(INDEX + ":" + CacheEntries.key("acme", "q1").id());
			redis.hset(key, RedisDocument.bytes("v"), new byte[] { 1, 2, 3 });
			assertThat(this.store.find(CacheEntries.key("acme", "q1"))).isNotNull();
		});
		assertThat(this.store.evict(CacheEviction.label(ACME))).isEqualTo(2);
		assertNothingOf(2);
	}

	@Test
	void hungServerIsReportedAndDoneLater() throws Exception {
		put(40);
		this.server.hang();
		assertThatExceptionOfType(EvictionIncompleteException.class)
			.isThrownBy(() -> this.store.evict(CacheEviction.label(ACME)))
			.returns(0L, EvictionIncompleteException::removed);
		this.server.goOn();
		evictOnceReachable();
		assertNothingOf(40);
	}

	private void put(int count) {
		put(ACME, count);
	}

	private void put(CacheLabel label, int count) {
		List<CacheEntry> entries = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			String partition = label.equals(ACME) ? "acme" : "other";
			entries.add(CacheEntries.entry(partition, "q" + i, CacheEntries.vector(i), this.end, label));
		}
		this.store.putAll(entries);
	}

	private void assertNothingOf(int count) {
		for (int i = 0; i < count; i += Math.max(1, count / 200)) {
			assertThat(this.store.find(CacheEntries.key("acme", "q" + i))).as("q%d", i).isNull();
		}
		redis((redis) -> assertThat(redis.keys(INDEX + ":*")).isEmpty());
	}

	private void redis(Consumer<JedisPooled> action) {
		try (JedisPooled redis = new JedisPooled(this.server.uri())) {
			action.accept(redis);
		}
	}

}
