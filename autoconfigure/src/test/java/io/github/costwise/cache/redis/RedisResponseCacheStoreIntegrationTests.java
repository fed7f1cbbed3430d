package io.github.costwise.cache.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.search.FTCreateParams;
import redis.clients.jedis.search.IndexDataType;
import redis.clients.jedis.search.schemafields.TagField;
import redis.clients.jedis.search.schemafields.TextField;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.cache.CacheEntries;
import io.github.costwise.cache.ResponseCacheStoreContract;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.model.CacheLabel;
import io.github.costwise.spi.CacheStoreException;
import io.github.costwise.spi.CacheStoreException.StoreReason;
import io.github.costwise.spi.ResponseCacheStore;
import io.github.costwise.testsupport.RealPart;
import io.github.costwise.testsupport.RealParts;
import io.github.costwise.testsupport.RequiresRealPart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link RedisResponseCacheStore} on Redis Stack, each under a name of its own.
 */
@RequiresRealPart(RealPart.REDIS_STACK)
class RedisResponseCacheStoreIntegrationTests extends ResponseCacheStoreContract {

	private final String name = "test:" + UUID.randomUUID();

	private final List<RedisResponseCacheStore> opened = new ArrayList<>();

	@Override
	protected ResponseCacheStore create(Clock clock) {
		return open(RealParts.redisStack(), this.name, clock, Duration.ofSeconds(5));
	}

	@Override
	protected Instant startTime() {
		return Instant.now();
	}

	@Override
	protected ResponseCacheStore other() {
		return create(clock());
	}

	/** A user without the right to remove keys. */
	@Override
	protected AutoCloseable failRemovals() {
		allow("-unlink");
		return () -> allow("+unlink");
	}

	private static void allow(String rule) {
		try (JedisPooled redis = new JedisPooled(RealParts.redisStack())) {
			redis.sendCommand(Protocol.Command.ACL, "SETUSER", "default", rule);
		}
	}

	@Test
	void markOfAnInstanceThatEndedIsSeenByAllAndDoneByAny() {
		CacheEntry entry = entry("p", "q", CacheEntries.vector(1), CacheLabel.tenant("acme"));
		store().put(entry);
		CacheEviction eviction = CacheEviction.label(CacheLabel.tenant("acme"));
		try (JedisPooled redis = new JedisPooled(RealParts.redisStack())) {
			new RedisMarks(redis, this.name).mark(eviction, "ended");
			assertThat(store().find(CacheEntries.key("p", "q"))).isNull();
			assertThat(store().nearest(entry.partition(), CacheEntries.vector(1), 1)).isEmpty();
			RedisResponseCacheStore other = (RedisResponseCacheStore) create(clock());
			assertThat(other.marked()).containsExactly(eviction);
			assertThat(other.evict(eviction)).isOne();
			assertThat(other.marked()).isEmpty();
			store().put(entry);
			assertThat(store().find(CacheEntries.key("p", "q"))).isEqualTo(entry);
		}
	}

	@Test
	void markOfALaterEvictionIsLeft() {
		CacheEviction eviction = CacheEviction.label(CacheLabel.tenant("acme"));
		try (JedisPooled redis = new JedisPooled(RealParts.redisStack())) {
			RedisMarks marks = new RedisMarks(redis, this.name);
			marks.mark(eviction, "first");
			marks.mark(eviction, "second");
			marks.unmark(eviction, "first");
			assertThat(marks.read()).containsExactly(eviction);
			marks.unmark(eviction, "second");
			assertThat(marks.read()).isEmpty();
		}
	}

	@Test
	void tooManyMarksBecomeOneOfEverything() {
		store().put(entry("p", "q", CacheEntries.vector(1)));
		try (JedisPooled redis = new JedisPooled(RealParts.redisStack())) {
			RedisMarks marks = new RedisMarks(redis, this.name);
			for (int i = 0; i < 300; i++) {
				marks.mark(CacheEviction.label(CacheLabel.tenant("t" + i)), "token");
			}
			assertThat(marks.read()).hasSize(257).contains(CacheEviction.all());
			assertThat(store().find(CacheEntries.key("p", "q"))).isNull();
			redis.hset(this.name + ":evictions", "LATER kind", "token");
			assertThat(marks.read()).hasSize(258);
			redis.del(this.name + ":evictions");
		}
	}

	@Test
	void entriesOfEveryVersionOfTheSchemaAreRemoved() {
		ResponseCacheStore exact = open(RealParts.redisStack(), this.name, 0);
		CacheEntry entry = entry("p", "q", null, CacheLabel.tenant("acme"));
		exact.put(entry);
		store().put(entry("p", "other", CacheEntries.vector(1), CacheLabel.tenant("acme")));
		assertThat(store().evict(CacheEviction.label(CacheLabel.tenant("acme")))).isEqualTo(2);
		assertThat(exact.find(CacheEntries.key("p", "q"))).isNull();
		exact.put(entry);
		assertThat(store().evict(CacheEviction.entry(entry.id()))).isOne();
	}

	@AfterEach
	void removeAll() {
		store().evict(CacheEviction.all());
		try (JedisPooled redis = new JedisPooled(RealParts.redisStack())) {
			redis.ftList().stream().filter((index) -> index.startsWith(this.name)).forEach(redis::ftDropIndex);
		}
		this.opened.forEach(RedisResponseCacheStore::close);
	}

	@Test
	void serverRemovesEntriesAtTheirTimeAndReadingDoesNotProlongIt() {
		CacheEntry entry = entry("p", "q", CacheEntries.vector(1));
		store().put(entry);
		store().find(CacheEntries.key("p", "q"));
		store().nearest(entry.partition(), CacheEntries.vector(1), 1);
		try (JedisPooled redis = new JedisPooled(RealParts.redisStack())) {
			String key = this.name + ":v" + RedisDocument.SCHEMA + ":d384:" + entry.id();
			assertThat(redis.pexpireTime(key)).isEqualTo(entry.expiresAt().toEpochMilli());
			assertThat(redis.hget(key, "p")).isEqualTo(entry.partition());
		}
	}

	@Test
	void manyEntriesAreStoredAtOnce() {
		List<CacheEntry> entries = new ArrayList<>();
		for (int i = 0; i < 2500; i++) {
			entries.add(entry("p", "q" + i, CacheEntries.vector(i), CacheLabel.feature("bulk")));
		}
		entries.add(CacheEntries.entry("p", "over", null, startTime().minusSeconds(60)));
		store().putAll(entries);
		assertThat(store().stats().entries()).isEqualTo(2500);
		assertThat(store().find(CacheEntries.key("p", "q7"))).isEqualTo(entries.get(7));
		assertThat(store().evict(CacheEviction.label(CacheLabel.feature("bulk")))).isEqualTo(2500);
	}

	@Test
	void instancesShareEntries() {
		ResponseCacheStore other = create(clock());
		CacheEntry entry = entry("p", "q", CacheEntries.vector(1));
		store().put(entry);
		assertThat(other.find(CacheEntries.key("p", "q"))).isEqualTo(entry);
		other.evict(CacheEviction.entry(entry.id()));
		assertThat(store().find(CacheEntries.key("p", "q"))).isNull();
	}

	@Test
	void entriesOfALaterVersionAreAbsentAndLeftUnchanged() {
		CacheEntry entry = entry("p", "q", CacheEntries.vector(1));
		store().put(entry);
		try (JedisPooled redis = new JedisPooled(RealParts.redisStack())) {
			byte[] key = RedisDocument.bytes(this.name + ":v" + RedisDocument.SCHEMA + ":d384:" + entry.id());
			byte[] body = redis.hget(key, RedisDocument.bytes("b"));
			body[0] = 9;
			redis.hset(key, RedisDocument.bytes("b"), body);
			assertThat(store().find(CacheEntries.key("p", "q"))).isNull();
			assertThat(store().nearest(entry.partition(), CacheEntries.vector(1), 1)).isEmpty();
			assertThat(store().stats().unreadable()).isEqualTo(2);
			assertThat(redis.exists(key)).isTrue();
		}
	}

	@Test
	void indexThatVanishedIsMadeAgain() {
		store().put(entry("p", "q", CacheEntries.vector(1)));
		try (JedisPooled redis = new JedisPooled(RealParts.redisStack())) {
			redis.ftDropIndex(this.name + ":v" + RedisDocument.SCHEMA + ":d384");
		}
		assertThat(store().nearest(CacheEntries.partition("p"), CacheEntries.vector(1), 2)).hasSizeLessThan(2);
		store().put(entry("p", "other", CacheEntries.vector(1)));
		assertThat(store().nearest(CacheEntries.partition("p"), CacheEntries.vector(1), 1)).hasSize(1);
	}

	@Test
	void emptyIndexesOfEarlierVersionsAreRemovedOthersStay() {
		try (JedisPooled redis = new JedisPooled(RealParts.redisStack())) {
			List<String> others = List.of(this.name + ":v0:d384", this.name + ":v0:d16", this.name + ":v7:d384",
					this.name + "2:v0:d384");
			for (String other : others) {
				redis.ftCreate(other, FTCreateParams.createParams().on(IndexDataType.HASH).addPrefix(other + ":"),
						List.of(TagField.of("p")));
			}
			redis.hset(this.name + ":v0:d16:1", "p", "x");
			create(clock());
			assertThat(redis.ftList()).doesNotContain(others.get(0)).containsAll(others.subList(1, 4));
			redis.del(this.name + ":v0:d16:1");
		}
	}

	@Test
	void indexOfAnotherShapeIsRefusedAtStart() {
		try (JedisPooled redis = new JedisPooled(RealParts.redisStack())) {
			redis.ftCreate(this.name + "x:v" + RedisDocument.SCHEMA + ":d384",
					FTCreateParams.createParams().addPrefix(this.name + "x:v" + RedisDocument.SCHEMA),
					List.of(TextField.of("body")));
		}
		assertThatExceptionOfType(CostwiseConfigurationException.class)
			.isThrownBy(() -> open(RealParts.redisStack(), this.name + "x", clock(), Duration.ofSeconds(5)))
			.withMessageContaining("FT.DROPINDEX " + this.name + "x:v" + RedisDocument.SCHEMA + ":d384")
			.withMessageContaining("{body=TEXT} instead of");
	}

	@Test
	@RequiresRealPart(RealPart.REDIS)
	void serverWithoutQueryEngineIsRefusedAtStart() {
		assertThatExceptionOfType(CostwiseConfigurationException.class)
			.isThrownBy(() -> open(RealParts.redis(), this.name, clock(), Duration.ofSeconds(5)))
			.withMessageContaining("no Query Engine")
			.withMessageContaining("Use Redis 8, Redis Stack");
	}

	@Test
	void serverThatIsDownDoesNotStopTheStartAndIsReported() throws IOException {
		int port;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = socket.getLocalPort();
		}
		assertFaults(URI.create("redis://127.0.0.1:" + port), StoreReason.UNAVAILABLE);
	}

	@Test
	void serverThatDoesNotAnswerIsGivenUp() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
			long start = System.nanoTime();
			assertFaults(URI.create("redis://127.0.0.1:" + socket.getLocalPort()), StoreReason.TIMEOUT);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
		}
	}

	private void assertFaults(URI server, StoreReason reason) {
		ResponseCacheStore store = open(server, this.name, clock(), Duration.ofMillis(50));
		CacheEntry entry = entry("p", "secret", CacheEntries.vector(1));
		for (Runnable action : List.<Runnable>of(() -> store.put(entry), () -> store.putAll(List.of(entry)),
				() -> store.find(CacheEntries.key("p", "secret")),
				() -> store.nearest(entry.partition(), CacheEntries.vector(1), 3),
				() -> store.evict(CacheEviction.all()), () -> store.evict(CacheEviction.entry(entry.id())),
				store::stats)) {
			assertThatExceptionOfType(CacheStoreException.class).isThrownBy(action::run)
				.returns(reason, CacheStoreException::reason)
				.withMessageNotContaining("secret");
		}
	}

	@Test
	void wrongSettingsAreRefused() {
		assertThatExceptionOfType(CostwiseConfigurationException.class)
			.isThrownBy(() -> new RedisStoreSettings("a b", 384, Duration.ofSeconds(1), 1))
			.withMessageContaining("costwise.cache.redis.name");
		assertThatExceptionOfType(CostwiseConfigurationException.class)
			.isThrownBy(() -> new RedisStoreSettings("a", 384, Duration.ZERO, 1))
			.withMessageContaining("costwise.cache.redis.timeout");
	}

	private RedisResponseCacheStore open(URI server, String name, Clock clock, Duration timeout) {
		return open(server, new RedisStoreSettings(name, CacheEntries.DIMENSION, timeout, 16), clock);
	}

	private RedisResponseCacheStore open(URI server, String name, int dimension) {
		return open(server, new RedisStoreSettings(name, dimension, Duration.ofSeconds(5), 16), clock());
	}

	private RedisResponseCacheStore open(URI server, RedisStoreSettings settings, Clock clock) {
		JedisConnectionFactory factory = new JedisConnectionFactory(
				new RedisStandaloneConfiguration(server.getHost(), server.getPort()));
		RedisResponseCacheStore store = RedisResponseCacheStore.open(factory, settings, clock);
		this.opened.add(store);
		return store;
	}

}
