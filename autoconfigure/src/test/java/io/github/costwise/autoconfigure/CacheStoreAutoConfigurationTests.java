package io.github.costwise.autoconfigure;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import javax.sql.DataSource;

import com.redis.om.spring.RedisModulesConfiguration;
import com.redis.om.spring.ops.RedisModulesOperations;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.vectorstore.SimpleVectorStore;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import io.github.costwise.cache.CacheEntries;
import io.github.costwise.cache.jdbc.JdbcLabelLog;
import io.github.costwise.cache.memory.FileLabelLog;
import io.github.costwise.cache.memory.FileResponseCacheStore;
import io.github.costwise.cache.memory.InMemoryLabelLog;
import io.github.costwise.cache.memory.InMemoryResponseCacheStore;
import io.github.costwise.cache.memory.MemoryStoreSettings;
import io.github.costwise.cache.redis.RedisResponseCacheStore;
import io.github.costwise.cache.vectorstore.CacheEmbeddingModel;
import io.github.costwise.cache.vectorstore.VectorResponseCacheStore;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.spi.LabelLog;
import io.github.costwise.spi.ResponseCacheStore;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.RealPart;
import io.github.costwise.testsupport.RealParts;
import io.github.costwise.testsupport.RequiresRealPart;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CacheStoreAutoConfiguration}.
 */
@Tag("chain")
class CacheStoreAutoConfigurationTests {

	private static final String GROUP = "0123456789abcdef0123456789abcdef";

	private final ApplicationContextRunner runner = CostwiseRunner.create();

	private final ApplicationContextRunner vectors = this.runner.withPropertyValues("costwise.cache.store=vector-store")
		.withBean("answers", VectorStore.class, CacheStoreAutoConfigurationTests::vectorStore);

	@TempDir
	private Path directory;

	@Test
	void keepsAnswersAndLabelsInProcess() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(ResponseCacheStore.class).hasSingleBean(LabelLog.class);
			assertThat(context.getBean(ResponseCacheStore.class)).isInstanceOf(InMemoryResponseCacheStore.class);
			assertThat(context.getBean(LabelLog.class)).isInstanceOf(InMemoryLabelLog.class);
		});
	}

	@Test
	void keepsAnswersAndLabelsInFilesOverARestart() {
		Path file = this.directory.resolve("cache");
		CacheEntry entry = CacheEntries.entry("p", "q", CacheEntries.vector(1), Instant.now().plusSeconds(600));
		ApplicationContextRunner files = this.runner.withPropertyValues("costwise.cache.memory.file=" + file);
		files.run((context) -> {
			assertThat(context.getBean(ResponseCacheStore.class)).isInstanceOf(FileResponseCacheStore.class);
			assertThat(context.getBean(LabelLog.class)).isInstanceOf(FileLabelLog.class);
			context.getBean(ResponseCacheStore.class).put(entry);
			context.getBean(LabelLog.class).append(GROUP, List.of(new byte[] { 1 }));
		});
		files.run((context) -> {
			assertThat(context.getBean(ResponseCacheStore.class).stats().entries()).isOne();
			assertThat(context.getBean(LabelLog.class).read(GROUP, 0, 10).records()).containsExactly(new byte[] { 1 });
		});
	}

	@Test
	void aFileOfSomethingElseFailsTheStart() throws Exception {
		Path file = Files.writeString(this.directory.resolve("notes.txt"), "These are notes.");
		this.runner.withPropertyValues("costwise.cache.memory.file=" + file).run((context) -> {
			assertAnalysis(context, "cache file", "costwise.cache.memory.file");
			assertThat(file).hasContent("These are notes.");
		});
	}

	@Test
	void aFileThatCannotBeMadeFailsTheStart() throws Exception {
		Path file = Files.writeString(this.directory.resolve("notes.txt"), "These are notes.");
		this.runner.withPropertyValues("costwise.cache.memory.file=" + file.resolve("cache"))
			.run((context) -> assertAnalysis(context, "cache file", "costwise.cache.memory.file"));
	}

	@Test
	void backsOffForTheUsersStoreAndLog() {
		InMemoryResponseCacheStore store = new InMemoryResponseCacheStore(MemoryStoreSettings.defaults(),
				Clock.systemUTC());
		InMemoryLabelLog log = new InMemoryLabelLog();
		for (String type : List.of("memory", "redis", "vector-store")) {
			this.runner.withBean("ownStore", ResponseCacheStore.class, () -> store)
				.withBean("ownLog", LabelLog.class, () -> log)
				.withPropertyValues("costwise.cache.store=" + type)
				.run((context) -> {
					assertThat(context).hasNotFailed();
					assertThat(context.getBean(ResponseCacheStore.class)).isSameAs(store);
					assertThat(context.getBean(LabelLog.class)).isSameAs(log);
				});
		}
	}

	@Test
	void startsWithoutTheOptionalStores() {
		this.runner
			.withClassLoader(new FilteredClassLoader("com.redis.om.spring", "redis.clients", "org.springframework.data",
					"org.springframework.ai.vectorstore", "org.springframework.jdbc"))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(ResponseCacheStore.class)).isInstanceOf(InMemoryResponseCacheStore.class);
			});
	}

	@Test
	void redisWithoutItsLibraryFailsTheStart() {
		this.runner.withClassLoader(new FilteredClassLoader(RedisModulesOperations.class))
			.withPropertyValues("costwise.cache.store=redis")
			.run((context) -> assertAnalysis(context, "redis-om-spring is not on the class path",
					"com.redis.om:redis-om-spring"));
	}

	@Test
	void redisWithoutAConnectionFactoryFailsTheStart() {
		this.runner.withPropertyValues("costwise.cache.store=redis")
			.run((context) -> assertAnalysis(context, "no JedisConnectionFactory bean", "spring.data.redis"));
	}

	@ParameterizedTest
	@CsvSource({ "name, a b", "timeout, 0s", "timeout, -1s", "timeout, 200000000000d", "max-connections, 0" })
	void badSettingOfRedisFailsTheStart(String setting, String value) {
		redis(URI.create("redis://127.0.0.1:1")).withPropertyValues("costwise.cache.redis." + setting + "=" + value)
			.run((context) -> assertAnalysis(context, "costwise.cache.redis." + setting, "Set"));
	}

	@Test
	void aServerThatCannotBeReachedDoesNotKeepTheApplicationDown() {
		redis(URI.create("redis://127.0.0.1:1")).run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	@RequiresRealPart(RealPart.REDIS_STACK)
	void keepsAnswersAndLabelsInRedis() {
		redis(RealParts.redisStack()).run((context) -> {
			assertThat(context).hasSingleBean(ResponseCacheStore.class).hasSingleBean(LabelLog.class);
			RedisResponseCacheStore store = context.getBean(RedisResponseCacheStore.class);
			context.getBean(LabelLog.class).append(GROUP, List.of(new byte[] { 1 }));
			assertThat(store.labels().read(GROUP, 0, 10).records()).containsExactly(new byte[] { 1 });
		});
	}

	@Test
	void keepsAnswersInTheOnlyVectorStore() {
		this.vectors.run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(VectorResponseCacheStore.class);
			assertThat(context.getBean(LabelLog.class)).isInstanceOf(InMemoryLabelLog.class);
		});
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 384 })
	void findsEqualQuestionsInAVectorStoreOfAnyDimensionWithoutAnEncoder(int dimension) {
		CacheEntry entry = CacheEntries.entry("p", "q", null, Instant.now().plusSeconds(600));
		this.runner.withPropertyValues("costwise.cache.store=vector-store")
			.withBean("answers", VectorStore.class,
					() -> SimpleVectorStore.builder(new CacheEmbeddingModel(dimension)).build())
			.run((context) -> {
				ResponseCacheStore store = context.getBean(ResponseCacheStore.class);
				store.put(entry);
				assertThat(store.find(CacheEntries.key("p", "q"))).isNotNull();
				assertThat(store.find(CacheEntries.key("p", "other"))).isNull();
			});
	}

	@Test
	void keepsLabelsInTheDatabaseBesideAVectorStore() {
		this.vectors
			.withBean(DataSource.class,
					() -> new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1"))
			.run((context) -> assertThat(context.getBean(LabelLog.class)).isInstanceOf(JdbcLabelLog.class));
	}

	@Test
	void amongSeveralVectorStoresOneMustBeNamed() {
		ApplicationContextRunner two = this.vectors.withBean("documents", VectorStore.class,
				CacheStoreAutoConfigurationTests::vectorStore);
		two.run((context) -> assertAnalysis(context, "not exactly one VectorStore", "answers, documents"));
		two.withPropertyValues("costwise.cache.vector-store.bean=answer")
			.run((context) -> assertAnalysis(context, "no VectorStore bean named answer", "answers, documents"));
		two.withPropertyValues("costwise.cache.vector-store.bean=answers")
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(VectorResponseCacheStore.class));
	}

	@Test
	void noVectorStoreFailsTheStart() {
		this.runner.withPropertyValues("costwise.cache.store=vector-store")
			.run((context) -> assertAnalysis(context, "not exactly one VectorStore", "CacheEmbeddingModel"));
	}

	@Test
	void vectorStoresThatAreNotOnTheClassPathFailTheStart() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.ai.vectorstore"))
			.withPropertyValues("costwise.cache.store=vector-store")
			.run((context) -> assertAnalysis(context, "not on the class path", "spring-ai-pgvector-store"));
	}

	@ParameterizedTest
	@CsvSource({ "vector-store.timeout, 0s", "vector-store.timeout, 200000000000d", "vector-store.max-concurrent, 0",
			"vector-store.sweep-interval, 0s", "vector-store.sweep-interval, -1m" })
	void badSettingOfAVectorStoreFailsTheStart(String setting, String value) {
		this.vectors.withPropertyValues("costwise.cache." + setting + "=" + value)
			.run((context) -> assertAnalysis(context, "costwise.cache." + setting, "Set"));
	}

	@Test
	void badTimeoutOfTheDatabaseFailsTheStart() {
		this.vectors
			.withBean(DataSource.class,
					() -> new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1"))
			.withPropertyValues("costwise.cache.jdbc.timeout=0s")
			.run((context) -> assertAnalysis(context, "costwise.cache.jdbc.timeout", "Set"));
	}

	private ApplicationContextRunner redis(URI server) {
		return this.runner
			.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class, RedisModulesConfiguration.class))
			.withPropertyValues("costwise.cache.store=redis", "costwise.cache.redis.name=test:" + UUID.randomUUID(),
					"spring.data.redis.host=" + server.getHost(), "spring.data.redis.port=" + server.getPort());
	}

	private static VectorStore vectorStore() {
		return SimpleVectorStore.builder(new CacheEmbeddingModel(1)).build();
	}

	private static void assertAnalysis(AssertableApplicationContext context, String problem, String action) {
		assertThat(context).hasFailed();
		FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
		assertThat(analysis.getDescription()).contains(problem);
		assertThat(analysis.getAction()).contains(action);
	}

}
