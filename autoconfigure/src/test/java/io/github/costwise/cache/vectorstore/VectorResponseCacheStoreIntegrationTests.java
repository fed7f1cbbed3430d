package io.github.costwise.cache.vectorstore;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

import org.springframework.ai.vectorstore.pgvector.PgVectorStore;
import org.springframework.ai.vectorstore.pgvector.PgVectorStore.PgIndexType;
import org.springframework.jdbc.core.JdbcTemplate;

import io.github.costwise.background.Background;
import io.github.costwise.cache.CacheEntries;
import io.github.costwise.cache.ResponseCacheStoreContract;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.model.CacheLabel;
import io.github.costwise.model.CacheVector;
import io.github.costwise.spi.CacheStoreException;
import io.github.costwise.spi.CacheStoreException.StoreReason;
import io.github.costwise.spi.EvictionIncompleteException;
import io.github.costwise.spi.ResponseCacheStore;
import io.github.costwise.testsupport.RealPart;
import io.github.costwise.testsupport.RealParts;
import io.github.costwise.testsupport.RequiresRealPart;
import io.github.costwise.testsupport.TestTimes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link VectorResponseCacheStore} on PostgreSQL with pgvector.
 */
@RequiresRealPart(RealPart.POSTGRES)
class VectorResponseCacheStoreIntegrationTests extends ResponseCacheStoreContract {

	private static final CacheEmbeddingModel MODEL = new CacheEmbeddingModel(CacheEntries.DIMENSION);

	private static JdbcTemplate database;

	@BeforeAll
	static void createTable() {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setURL(RealParts.freshPostgres());
		database = new JdbcTemplate(dataSource);
		database.execute("create extension if not exists vector");
		database.execute("create table cache (id uuid primary key, content text, metadata json, embedding vector("
				+ MODEL.dimensions() + "))");
		database.execute("create index on cache using gin ((metadata::jsonb) jsonb_path_ops)");
	}

	@Override
	protected ResponseCacheStore create(Clock clock) {
		return create(clock, Duration.ofSeconds(20));
	}

	private ResponseCacheStore create(Clock clock, Duration timeout) {
		return new VectorResponseCacheStore(pgVector(), new VectorStoreSettings(CacheEntries.DIMENSION, timeout, 16),
				TestTimes.real(clock), new Background(new Faults()));
	}

	private static PgVectorStore pgVector() {
		return PgVectorStore.builder(database, MODEL)
			.vectorTableName("cache")
			.dimensions(MODEL.dimensions())
			.indexType(PgIndexType.NONE)
			.build();
	}

	@Override
	protected ResponseCacheStore other() {
		return create(clock());
	}

	/** A trigger that refuses to remove rows. */
	@Override
	protected AutoCloseable failRemovals() {
		database.execute("create function refuse() returns trigger as $$ begin raise exception 'refused'; end $$ "
				+ "language plpgsql");
		database.execute("create trigger refuse before delete on cache for each row execute function refuse()");
		return () -> database.execute("drop function refuse cascade");
	}

	@Test
	void findsEqualQuestionsWithoutKnowingTheDimensionOfTheTable() throws Exception {
		CacheEntry entry = entry("p", "q", null, CacheLabel.tenant("acme"));
		try (VectorResponseCacheStore plain = plain()) {
			plain.put(entry);
			assertThat(plain.find(CacheEntries.key("p", "q"))).isEqualTo(entry);
			assertThat(plain.nearest(entry.partition(), CacheEntries.vector(1), 5)).isEmpty();
			assertThat(store().find(CacheEntries.key("p", "q"))).isEqualTo(entry);
			try (AutoCloseable failing = failRemovals()) {
				assertThatExceptionOfType(EvictionIncompleteException.class)
					.isThrownBy(() -> plain.evict(CacheEviction.label(CacheLabel.tenant("acme"))));
				assertThat(plain.marked()).hasSize(1);
				assertThat(plain.find(CacheEntries.key("p", "q"))).isNull();
			}
			plain.evict(CacheEviction.label(CacheLabel.tenant("acme")));
			assertThat(plain.marked()).isEmpty();
			assertThat(store().find(CacheEntries.key("p", "q"))).isNull();
		}
	}

	private VectorResponseCacheStore plain() {
		return new VectorResponseCacheStore(pgVector(), new VectorStoreSettings(0, Duration.ofSeconds(20), 16),
				TestTimes.real(clock()), new Background(new Faults()));
	}

	@Test
	void tooManyMarksBecomeOneOfEverything() throws Exception {
		store().put(entry("p", "q", CacheEntries.vector(1)));
		for (int i = 0; i < 12; i++) {
			store().put(entry("p", "q" + i, CacheEntries.vector(i), CacheLabel.tenant("t" + i)));
		}
		try (AutoCloseable failing = failRemovals()) {
			for (int i = 0; i < 12; i++) {
				CacheEviction eviction = CacheEviction.label(CacheLabel.tenant("t" + i));
				assertThatExceptionOfType(EvictionIncompleteException.class).isThrownBy(() -> store().evict(eviction));
			}
			assertThat(((VectorResponseCacheStore) store()).marked()).hasSize(9).contains(CacheEviction.all());
			assertThat(other().find(CacheEntries.key("p", "q"))).isNull();
			assertThat(other().nearest(CacheEntries.partition("p"), CacheEntries.vector(1), 5)).isEmpty();
		}
		store().evict(CacheEviction.all());
		assertThat(((VectorResponseCacheStore) store()).marked()).isEmpty();
		store().put(entry("p", "q", CacheEntries.vector(1)));
		assertThat(other().find(CacheEntries.key("p", "q"))).isNotNull();
	}

	@Test
	void marksAreSeenWhateverStandsNearer() throws Exception {
		CacheEntry named = entry("p", "named", CacheEntries.near(CacheEntries.vector(1), .5, 7),
				CacheLabel.tenant("acme"));
		store().put(named);
		for (int i = 0; i < 60; i++) {
			store().put(entry("p", "near" + i, CacheEntries.near(CacheEntries.vector(1), .99, 100 + i)));
		}
		try (AutoCloseable failing = failRemovals()) {
			assertThatExceptionOfType(EvictionIncompleteException.class)
				.isThrownBy(() -> store().evict(CacheEviction.label(CacheLabel.tenant("acme"))));
			assertThat(other().nearest(named.partition(), CacheEntries.vector(1), 20)).hasSize(20);
			assertThat(other().nearest(named.partition(), CacheEntries.vector(1), 61)).hasSize(60);
		}
	}

	@AfterEach
	void removeAll() {
		((VectorResponseCacheStore) store()).close();
		database.execute("truncate cache");
	}

	@Override
	protected int steps() {
		return 40;
	}

	@Test
	void sweeperRemovesWhatIsOver() {
		store().put(entry("p", "q", CacheEntries.vector(1)));
		clock().advance(Duration.ofMinutes(1));
		store().put(entry("p", "later", CacheEntries.vector(1)));
		clock().advance(HOUR.minusMinutes(1));
		((VectorResponseCacheStore) store()).removeExpired();
		assertThat(database.queryForObject("select count(*) from cache", Integer.class)).isEqualTo(1);
		assertThat(store().find(CacheEntries.key("p", "later"))).isNotNull();
	}

	@Test
	void noTextCanBeReadInTheTable() {
		store().put(entry("p", "secret question", CacheEntries.vector(1), CacheLabel.user("secret user")));
		assertThat(database.queryForObject("select content || metadata from cache", String.class))
			.doesNotContain("secret");
	}

	@Test
	void entryOfALaterVersionIsAbsent() {
		store().put(entry("p", "q", CacheEntries.vector(1)));
		database.execute("update cache set metadata = jsonb_set(metadata::jsonb, '{body}', '\"CQ==\"')");
		assertThat(store().find(CacheEntries.key("p", "q"))).isNull();
		assertThat(store().nearest(CacheEntries.partition("p"), CacheEntries.vector(1), 1)).isEmpty();
		assertThat(store().stats().unreadable()).isEqualTo(2);
	}

	@Test
	void tooManyLabelsAndOtherDimensionsAreRefused() {
		CacheLabel[] labels = IntStream.range(0, 17)
			.mapToObj((i) -> CacheLabel.tag("tag " + i))
			.toArray(CacheLabel[]::new);
		assertThatExceptionOfType(CacheStoreException.class)
			.isThrownBy(() -> store().put(entry("p", "q", CacheEntries.vector(1), labels)))
			.returns(StoreReason.FULL, CacheStoreException::reason);
		CacheEntry entry = entry("p", "q", new float[] { 1, 2 });
		assertThat(entry.vector()).isEqualTo(CacheVector.of(new float[] { 1, 2 }));
		assertThatExceptionOfType(CacheStoreException.class).isThrownBy(() -> store().put(entry));
		assertThat(store().nearest(entry.partition(), new float[] { 1, 2 }, 1)).isEmpty();
		assertThat(Set.of(labels).stream().map(CacheLabel::digest).collect(Collectors.toSet())).hasSize(17);
	}

	@Test
	void databaseThatFailsOrWaitsIsReported() {
		ResponseCacheStore impatient = create(clock(), Duration.ofMillis(100));
		database.execute((Connection connection) -> {
			connection.setAutoCommit(false);
			try (Statement statement = connection.createStatement()) {
				statement.execute("lock table cache in access exclusive mode");
				assertThatExceptionOfType(CacheStoreException.class)
					.isThrownBy(() -> impatient.find(CacheEntries.key("p", "q")))
					.returns(StoreReason.TIMEOUT, CacheStoreException::reason);
			}
			finally {
				connection.rollback();
			}
			return true;
		});
		database.execute("alter table cache rename to gone");
		try {
			assertThatExceptionOfType(CacheStoreException.class)
				.isThrownBy(() -> store().find(CacheEntries.key("p", "q")))
				.returns(StoreReason.UNAVAILABLE, CacheStoreException::reason);
		}
		finally {
			database.execute("alter table gone rename to cache");
		}
	}

}
