package io.github.costwise.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.autoconfigure.CacheProperties.MemoryStore;
import io.github.costwise.autoconfigure.CacheProperties.Redis;
import io.github.costwise.autoconfigure.CacheProperties.Vectors;
import io.github.costwise.background.Background;
import io.github.costwise.cache.jdbc.JdbcLabelLog;
import io.github.costwise.cache.jdbc.JdbcLabelSettings;
import io.github.costwise.cache.memory.FileLabelLog;
import io.github.costwise.cache.memory.FileResponseCacheStore;
import io.github.costwise.cache.memory.InMemoryLabelLog;
import io.github.costwise.cache.memory.InMemoryResponseCacheStore;
import io.github.costwise.cache.memory.MemoryStoreSettings;
import io.github.costwise.cache.redis.RedisResponseCacheStore;
import io.github.costwise.cache.redis.RedisStoreSettings;
import io.github.costwise.cache.response.CacheTasks;
import io.github.costwise.cache.vectorstore.VectorResponseCacheStore;
import io.github.costwise.cache.vectorstore.VectorStoreSettings;
import io.github.costwise.pipeline.CostPolicies;
import io.github.costwise.spi.LabelLog;
import io.github.costwise.spi.ResponseCacheStore;
import io.github.costwise.spi.TextEncoder;
import io.github.costwise.time.Time;

/**
 * Auto-configuration of where the response cache keeps its answers.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = EncodingAutoConfiguration.class,
		afterName = { "io.github.costwise.embedding.autoconfigure.EmbeddingAutoConfiguration",
				"com.redis.om.spring.RedisModulesConfiguration",
				"org.springframework.ai.vectorstore.pgvector.autoconfigure.PgVectorStoreAutoConfiguration" })
@ConditionalOnClass(ChatClient.class)
@ConditionalOnCostwise
@EnableConfigurationProperties(CacheProperties.class)
public final class CacheStoreAutoConfiguration {

	private static final String STORE = "costwise.cache.store";

	private static final Duration SWEEP = Duration.ofMinutes(1);

	/** For a store of the application's own. */
	@Bean
	@ConditionalOnMissingBean
	LabelLog costwiseLabelLog() {
		return new InMemoryLabelLog();
	}

	/** Expired entries are never found; this gives their room back. */
	@Bean
	SmartInitializingSingleton costwiseCacheSweep(ResponseCacheStore store, CacheTasks tasks) {
		return () -> {
			if (store instanceof InMemoryResponseCacheStore memory) {
				tasks.runEvery(SWEEP, memory::removeExpired);
			}
			else if (store instanceof FileResponseCacheStore file) {
				tasks.runEvery(SWEEP, file::removeExpired);
			}
		};
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(ResponseCacheStore.class)
	@ConditionalOnChoice(property = STORE, of = CacheProperties.StoreType.class, value = "MEMORY")
	static class MemoryStoreConfiguration {

		@Bean
		ResponseCacheStore costwiseResponseCacheStore(CacheProperties properties, Time time, Environment environment) {
			MemoryStore memory = properties.memory();
			MemoryStoreSettings settings = new MemoryStoreSettings(memory.maxEntries(), memory.maxSize().toBytes());
			return (memory.file() == null) ? new InMemoryResponseCacheStore(settings, time.clock())
					: FileResponseCacheStore.open(Path.of(memory.file()), application(environment), settings,
							time.clock(), Runnable::run);
		}

		@Bean
		@ConditionalOnMissingBean
		LabelLog costwiseLabelLog(CacheProperties properties, Time time, Environment environment) {
			String file = properties.memory().file();
			return (file == null) ? new InMemoryLabelLog()
					: FileLabelLog.open(Path.of(file + ".labels"), application(environment), time.clock());
		}

		private static String application(Environment environment) {
			return environment.getProperty("spring.application.name", "");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(ResponseCacheStore.class)
	@ConditionalOnClass(name = "com.redis.om.spring.ops.RedisModulesOperations")
	@ConditionalOnChoice(property = STORE, of = CacheProperties.StoreType.class, value = "REDIS")
	static class RedisConfiguration {

		@Bean
		RedisResponseCacheStore costwiseResponseCacheStore(CacheProperties properties,
				ObjectProvider<JedisConnectionFactory> factories, ObjectProvider<TextEncoder> encoder,
				CostPolicies policies, Time time) {
			JedisConnectionFactory factory = factories.getIfAvailable();
			if (factory == null) {
				throw new CostwiseConfigurationException(
						STORE + " is redis, but there is no JedisConnectionFactory bean.",
						"Let the auto-configuration of redis-om-spring make one (spring.data.redis), or set " + STORE
								+ " to memory.");
			}
			Redis redis = properties.redis();
			return RedisResponseCacheStore.open(factory, new RedisStoreSettings(redis.name(),
					dimensions(encoder.getIfAvailable(), policies), redis.timeout(), redis.maxConnections()),
					time.clock());
		}

		@Bean
		@ConditionalOnMissingBean
		LabelLog costwiseLabelLog(RedisResponseCacheStore store) {
			return store.labels();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(ResponseCacheStore.class)
	@ConditionalOnClass(name = "org.springframework.ai.vectorstore.VectorStore")
	@ConditionalOnChoice(property = STORE, of = CacheProperties.StoreType.class, value = "VECTOR_STORE")
	static class VectorStoreConfiguration {

		@Bean
		VectorResponseCacheStore costwiseResponseCacheStore(CacheProperties properties, ListableBeanFactory beans,
				ObjectProvider<TextEncoder> encoder, CostPolicies policies, Time time, Background background) {
			Vectors vectors = properties.vectorStore();
			int dimensions = dimensions(encoder.getIfAvailable(), policies);
			return new VectorResponseCacheStore(store(vectors.bean(), beans),
					new VectorStoreSettings(dimensions, vectors.timeout(), vectors.maxConcurrent()), time, background);
		}

		/** A vector store cannot keep a list; a database beside it can. */
		@Bean
		@ConditionalOnMissingBean
		LabelLog costwiseLabelLog(CacheProperties properties, ObjectProvider<DataSource> dataSources, Time time) {
			DataSource dataSource = dataSources.getIfUnique();
			CacheProperties.LabelJdbc jdbc = properties.jdbc();
			return (dataSource == null) ? new InMemoryLabelLog() : new JdbcLabelLog(dataSource,
					new JdbcLabelSettings(jdbc.timeout(), jdbc.initializeSchema()), time.clock());
		}

		@Bean
		SmartInitializingSingleton costwiseVectorStoreSweep(VectorResponseCacheStore store, CacheTasks tasks,
				CacheProperties properties) {
			return () -> tasks.runEvery(properties.vectorStore().sweepInterval(), store::removeExpired);
		}

		private static VectorStore store(@Nullable String name, ListableBeanFactory beans) {
			VectorStore found = (name != null) ? named(name, beans)
					: beans.getBeanProvider(VectorStore.class).getIfUnique();
			if (found == null) {
				String names = String.join(", ", beans.getBeanNamesForType(VectorStore.class));
				throw new CostwiseConfigurationException(
						STORE + " is vector-store, but "
								+ ((name != null) ? "there is no VectorStore bean named " + name
										: "there is not exactly one VectorStore bean")
								+ ".",
						names.isEmpty() ? "Declare a VectorStore built with CacheEmbeddingModel."
								: "Set costwise.cache.vector-store.bean to one of: " + names + ".");
			}
			return found;
		}

		private static @Nullable VectorStore named(String name, ListableBeanFactory beans) {
			boolean fits = beans.containsBean(name) && beans.isTypeMatch(name, VectorStore.class);
			return fits ? beans.getBean(name, VectorStore.class) : null;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(ResponseCacheStore.class)
	@ConditionalOnMissingClass("com.redis.om.spring.ops.RedisModulesOperations")
	@ConditionalOnChoice(property = STORE, of = CacheProperties.StoreType.class, value = "REDIS")
	static class MissingRedisConfiguration {

		@Bean
		ResponseCacheStore costwiseResponseCacheStore() {
			throw new CostwiseConfigurationException(STORE + " is redis, but redis-om-spring is not on the class path.",
					"Add the dependency com.redis.om:redis-om-spring, or set " + STORE + " to memory.");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(ResponseCacheStore.class)
	@ConditionalOnMissingClass("org.springframework.ai.vectorstore.VectorStore")
	@ConditionalOnChoice(property = STORE, of = CacheProperties.StoreType.class, value = "VECTOR_STORE")
	static class MissingVectorStoreConfiguration {

		@Bean
		ResponseCacheStore costwiseResponseCacheStore() {
			throw new CostwiseConfigurationException(
					STORE + " is vector-store, but Spring AI's vector stores are not on the class path.",
					"Add one, such as spring-ai-pgvector-store, or set " + STORE + " to memory.");
		}

	}

	/** Waits for the encoder to start where similar questions are compared. */
	private static int dimensions(@Nullable TextEncoder encoder, CostPolicies policies) {
		return (encoder != null && CacheAutoConfiguration.semanticPolicy(policies) != null) ? encoder.dimensions() : 0;
	}

}
