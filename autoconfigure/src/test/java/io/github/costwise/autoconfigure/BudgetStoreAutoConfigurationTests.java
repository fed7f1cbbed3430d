package io.github.costwise.autoconfigure;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.budget.jdbc.JdbcBudgetStore;
import io.github.costwise.budget.memory.MemoryBudgetStore;
import io.github.costwise.spi.BudgetStore;
import io.github.costwise.testsupport.CostwiseRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BudgetStoreAutoConfiguration}.
 */
@Tag("chain")
class BudgetStoreAutoConfigurationTests {

	private static final String STORE = "costwise.budgets.store=";

	private final ApplicationContextRunner runner = CostwiseRunner.create()
		.withPropertyValues("costwise.budgets.limits.all.limit=1 USD");

	@Test
	void budgetsAreKeptInMemory() {
		this.runner
			.run((context) -> assertThat(context.getBean(BudgetStore.class)).isInstanceOf(MemoryBudgetStore.class));
	}

	@Test
	void withoutBudgetsThereIsNoStore() {
		CostwiseRunner.create().run((context) -> assertThat(context).doesNotHaveBean(BudgetStore.class));
	}

	@Test
	void databaseOfTheApplicationIsUsed() {
		JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:budgets", "sa", "");
		this.runner.withBean(DataSource.class, () -> pool)
			.withPropertyValues(STORE + "jdbc")
			.run((context) -> assertThat(context.getBean(BudgetStore.class)).isInstanceOf(JdbcBudgetStore.class));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			redis   |                                     | RedisConnectionFactory bean
			jdbc    |                                     | DataSource bean
			jdbc    | costwise.budgets.jdbc.data-source=x | named x
			""")
	void storeThatCannotBeFailsTheStart(String store, String property, String message) {
		this.runner.withPropertyValues(STORE + store)
			.withPropertyValues((property != null) ? new String[] { property } : new String[0])
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(CostwiseConfigurationException.class)
				.hasMessageContaining(message));
	}

	@Test
	void libraryThatIsMissingIsNamed() {
		this.runner.withPropertyValues(STORE + "redis")
			.withClassLoader(new FilteredClassLoader(RedisConnectionFactory.class))
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("spring-boot-starter-data-redis"));
		this.runner.withPropertyValues(STORE + "jdbc")
			.withClassLoader(new FilteredClassLoader(SimpleDriverDataSource.class))
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("spring-boot-starter-jdbc"));
	}

	@Test
	void budgetsThatSpanTenantsAreNotKeptApart() {
		this.runner.withBean(RedisConnectionFactory.class, () -> new LettuceConnectionFactory())
			.withPropertyValues(STORE + "redis", "costwise.budgets.redis.shard-by=tenant")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(CostwiseConfigurationException.class)
				.hasMessageContaining("'all'"));
	}

}
