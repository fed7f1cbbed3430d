package io.github.costwise.advisor;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.github.costwise.BudgetExceededException;
import io.github.costwise.budget.Budgets;
import io.github.costwise.spi.SharedBudgetStore;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackProvider;
import io.github.costwise.testsupport.RealPart;
import io.github.costwise.testsupport.RealParts;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two applications with one budget in a real store, as they are configured.
 */
@Timeout(180)
@Tag("real-part")
class BudgetStoresIntegrationTests {

	private static final String ALL = "costwise.budgets.limits.all.";

	private final LoopbackProvider provider = new LoopbackProvider();

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final List<AutoCloseable> opened = new ArrayList<>();

	@AfterEach
	void close() throws Exception {
		this.executor.shutdownNow();
		this.provider.close();
		for (AutoCloseable one : this.opened) {
			one.close();
		}
	}

	private ApplicationContextRunner runner(Place place) {
		ApplicationContextRunner runner = BudgetClients.runner(this.provider)
			.withPropertyValues(ALL + "limit=0.40 USD");
		return switch (place) {
			case REDIS -> {
				RealParts.require(RealPart.REDIS);
				URI server = RealParts.redis();
				yield runner.withBean(RedisConnectionFactory.class, () -> lettuce(server))
					.withPropertyValues("costwise.budgets.store=redis",
							"costwise.budgets.redis.name=test:" + UUID.randomUUID(),
							"costwise.budgets.redis.timeout=20s");
			}
			case H2 -> jdbc(runner,
					JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", ""));
			case POSTGRESQL -> {
				RealParts.require(RealPart.POSTGRES);
				yield jdbc(runner, postgres());
			}
		};
	}

	private static ApplicationContextRunner jdbc(ApplicationContextRunner runner, DataSource pool) {
		return runner.withBean(DataSource.class, () -> pool)
			.withPropertyValues("costwise.budgets.store=jdbc", "costwise.budgets.jdbc.initialize-schema=always",
					"costwise.budgets.jdbc.timeout=20s", "costwise.budgets.jdbc.connection-wait=20s");
	}

	private static DataSource postgres() {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setURL(RealParts.freshPostgres());
		return dataSource;
	}

	private LettuceConnectionFactory lettuce(URI server) {
		LettuceConnectionFactory factory = new LettuceConnectionFactory(
				new RedisStandaloneConfiguration(server.getHost(), server.getPort()));
		factory.afterPropertiesSet();
		factory.start();
		this.opened.add(factory::destroy);
		return factory;
	}

	@ParameterizedTest
	@EnumSource
	void twoApplicationsKeepOneLimit(Place place) {
		this.provider.handler((request) -> BudgetClients.usual());
		ApplicationContextRunner limited = runner(place);
		limited.run((one) -> limited.run((other) -> {
			assertThat(one.getBean(Budgets.class).store()).isInstanceOf(SharedBudgetStore.class);
			List<Future<Integer>> callers = new ArrayList<>();
			for (int caller = 0; caller < 8; caller++) {
				ApplicationContext context = (caller % 2 == 0) ? one : other;
				boolean streamed = caller % 4 < 2;
				callers.add(this.executor.submit(() -> passed(context, streamed)));
			}
			int passed = 0;
			for (Future<Integer> caller : callers) {
				passed += caller.get();
			}
			assertThat(passed).isEqualTo(this.provider.requests().size()).isBetween(18, 20);
			for (int i = passed; i < 20; i++) {
				BudgetClients.ask(one);
			}
			assertThat(BudgetClients.state(one, "all").spent()).isEqualTo(40 * BudgetClients.CENT);
			assertThat(BudgetClients.state(other, "all").held()).isZero();
			assertThat(CostwiseRunner.calls(one).size() + CostwiseRunner.calls(other).size()).isEqualTo(20);
		}));
	}

	private static int passed(ApplicationContext context, boolean streamed) {
		int passed = 0;
		for (int i = 0; i < 10; i++) {
			try {
				BudgetClients.ask(context, streamed);
				passed++;
			}
			catch (BudgetExceededException ex) {
				assertThat(ex.budget()).isEqualTo("all");
			}
		}
		return passed;
	}

	/** Where budgets are kept. */
	enum Place {

		REDIS, H2, POSTGRESQL

	}

}
