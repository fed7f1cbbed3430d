package io.github.costwise.budget.redis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.costwise.model.BudgetAccount;
import io.github.costwise.spi.BudgetStore.Demand;
import io.github.costwise.testsupport.RealPart;
import io.github.costwise.testsupport.RedisCluster;
import io.github.costwise.testsupport.RequiresRealPart;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@link RedisBudgetStore} holds the contract in a cluster.
 */
@RequiresRealPart(RealPart.REDIS_STACK)
class RedisBudgetClusterIntegrationTests extends RedisBudgetStoreContractTests {

	private static RedisCluster cluster;

	private final RedisBudgetStores own = new RedisBudgetStores();

	@BeforeAll
	static void start(@TempDir Path folder) throws IOException, InterruptedException {
		cluster = RedisCluster.start(folder);
	}

	@AfterAll
	static void stop() {
		cluster.close();
	}

	@AfterEach
	void closeOwn() throws Exception {
		this.own.close();
	}

	@Override
	RedisConnectionFactory factory(RedisBudgetStores made) {
		return made.lettuceCluster(cluster.nodes());
	}

	@Test
	void clientsShareOneLimitAndNoticeRoom() throws Exception {
		RedisBudgetSettings settings = RedisBudgetStores.settings();
		RedisBudgetStore lettuce = this.own.real(factory(this.own), settings);
		RedisBudgetStore jedis = this.own.real(this.own.jedisCluster(cluster.nodes()), settings);
		lettuce.restore(List.of());
		Demand call = RealBudgetCalls.total(RealBudgetCalls.ALL, 100, 60);
		assertThat(RealBudgetCalls.admitted(jedis, "a", call)).isTrue();
		assertThat(RealBudgetCalls.admitted(lettuce, "b", call)).isFalse();
		CountDownLatch room = new CountDownLatch(1);
		try (AutoCloseable end = lettuce.onRoom(room::countDown)) {
			jedis.release("a");
			assertThat(room.await(60, TimeUnit.SECONDS)).isTrue();
		}
		assertThat(RealBudgetCalls.admitted(lettuce, "b", call)).isTrue();
		assertThat(lettuce.warnings()).hasSize(1);
		assertThat(jedis.warnings()).hasSize(1);
	}

	@Test
	void tenantsMayLieOnSeveralServers() {
		RedisBudgetStore store = this.own.real(factory(this.own), RedisBudgetStores.settings(), BudgetAccount::owner,
				this.own.time());
		store.restore(List.of());
		for (int i = 0; i < 20; i++) {
			Demand call = RealBudgetCalls.total(new BudgetAccount("tenant", "t" + i), 100, 60);
			assertThat(RealBudgetCalls.admitted(store, "a" + i, call)).isTrue();
			assertThat(RealBudgetCalls.admitted(store, "b" + i, call)).isFalse();
			RealBudgetCalls.settle(store, "a" + i, call, i);
		}
		assertThat(store.states("tenant", RealBudgetCalls.now(), 3)).extracting((state) -> state.account().owner())
			.containsExactly("t19", "t18", "t17");
	}

}
