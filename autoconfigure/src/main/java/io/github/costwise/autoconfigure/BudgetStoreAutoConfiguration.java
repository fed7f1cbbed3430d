package io.github.costwise.autoconfigure;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.autoconfigure.BudgetProperties.BudgetStoreType;
import io.github.costwise.autoconfigure.BudgetProperties.JdbcBudgets;
import io.github.costwise.autoconfigure.BudgetProperties.RedisBudgets;
import io.github.costwise.autoconfigure.BudgetProperties.ShardBy;
import io.github.costwise.background.Background;
import io.github.costwise.budget.jdbc.JdbcBudgetSettings;
import io.github.costwise.budget.jdbc.JdbcBudgetStore;
import io.github.costwise.budget.memory.MemoryBudgetStore;
import io.github.costwise.budget.redis.RedisBudgetSettings;
import io.github.costwise.budget.redis.RedisBudgetStore;
import io.github.costwise.spi.BudgetStore;
import io.github.costwise.time.Time;

/**
 * Auto-configuration of where budgets are kept.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = BudgetAutoConfiguration.class,
		afterName = { "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration",
				"com.redis.om.spring.RedisModulesConfiguration",
				"org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration" })
@ConditionalOnClass(ChatClient.class)
@ConditionalOnCostwise
@Conditional(OnBudgetsCondition.class)
@EnableConfigurationProperties(BudgetProperties.class)
public final class BudgetStoreAutoConfiguration {

	private static final String STORE = BudgetProperties.PREFIX + ".store";

	private static CostwiseConfigurationException without(String store, String what, String action) {
		return new CostwiseConfigurationException(STORE + " is " + store + ", but " + what + ".",
				action + ", or set " + STORE + " to memory.");
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(BudgetStore.class)
	@ConditionalOnChoice(property = STORE, of = BudgetStoreType.class, value = "MEMORY")
	static class InMemoryConfiguration {

		@Bean
		MemoryBudgetStore costwiseBudgetStore() {
			return new MemoryBudgetStore();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(BudgetStore.class)
	@ConditionalOnClass(name = "org.springframework.data.redis.connection.RedisConnectionFactory")
	@ConditionalOnChoice(property = STORE, of = BudgetStoreType.class, value = "REDIS")
	static class InRedisConfiguration {

		@Bean
		RedisBudgetStore costwiseBudgetStore(BudgetProperties properties,
				ObjectProvider<RedisConnectionFactory> factories, Background background, Time time) {
			RedisConnectionFactory factory = factories.getIfAvailable();
			if (factory == null) {
				throw without("redis", "there is no RedisConnectionFactory bean",
						"Add spring-boot-starter-data-redis and set spring.data.redis");
			}
			RedisBudgets redis = properties.redis();
			return RedisBudgetStore.open(factory, new RedisBudgetSettings(redis.name(), redis.timeout()),
					(redis.shardBy() == ShardBy.TENANT) ? properties.toBudgets(true) : null, background, time);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(BudgetStore.class)
	@ConditionalOnMissingClass("org.springframework.data.redis.connection.RedisConnectionFactory")
	@ConditionalOnChoice(property = STORE, of = BudgetStoreType.class, value = "REDIS")
	static class WithoutRedisConfiguration {

		@Bean
		BudgetStore costwiseBudgetStore() {
			throw without("redis", "Spring Data Redis is not on the class path",
					"Add the dependency org.springframework.boot:spring-boot-starter-data-redis");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(BudgetStore.class)
	@ConditionalOnClass(name = { "org.springframework.jdbc.datasource.SimpleDriverDataSource",
			"org.springframework.boot.jdbc.DataSourceBuilder" })
	@ConditionalOnChoice(property = STORE, of = BudgetStoreType.class, value = "JDBC")
	static class InDatabaseConfiguration {

		@Bean
		JdbcBudgetStore costwiseBudgetStore(BudgetProperties properties, ListableBeanFactory beans,
				Background background, Time time) {
			JdbcBudgets jdbc = properties.jdbc();
			DataSource pool = dataSource(jdbc.dataSource(), beans);
			DataSource own = (jdbc.dataSource() == null) ? unpooled(pool) : null;
			JdbcBudgetSettings settings = new JdbcBudgetSettings(jdbc.connections(), own != null, jdbc.connectionWait(),
					jdbc.timeout(), jdbc.initializeSchema());
			return JdbcBudgetStore.open((own != null) ? own : pool, settings, time, background);
		}

		/** Connections that no caller can use up, where it is known how to make them. */
		private static @Nullable DataSource unpooled(DataSource pool) {
			try {
				return DataSourceBuilder.derivedFrom(pool).type(SimpleDriverDataSource.class).build();
			}
			catch (RuntimeException ex) {
				return null;
			}
		}

		private static DataSource dataSource(@Nullable String name, ListableBeanFactory beans) {
			boolean named = name != null && beans.containsBean(name) && beans.isTypeMatch(name, DataSource.class);
			DataSource found = (name != null) ? (named ? beans.getBean(name, DataSource.class) : null)
					: beans.getBeanProvider(DataSource.class).getIfUnique();
			if (found == null) {
				String names = String.join(", ", beans.getBeanNamesForType(DataSource.class));
				throw without("jdbc",
						(name != null) ? "there is no DataSource bean named " + name
								: "there is not exactly one DataSource bean",
						names.isEmpty() ? "Add spring-boot-starter-jdbc, a driver and spring.datasource.url"
								: "Set " + BudgetProperties.PREFIX + ".jdbc.data-source to one of: " + names);
			}
			return found;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(BudgetStore.class)
	@ConditionalOnMissingClass("org.springframework.jdbc.datasource.SimpleDriverDataSource")
	@ConditionalOnChoice(property = STORE, of = BudgetStoreType.class, value = "JDBC")
	static class WithoutDatabaseConfiguration {

		@Bean
		BudgetStore costwiseBudgetStore() {
			throw without("jdbc", "Spring JDBC is not on the class path",
					"Add the dependency org.springframework.boot:spring-boot-starter-jdbc and a driver");
		}

	}

}
