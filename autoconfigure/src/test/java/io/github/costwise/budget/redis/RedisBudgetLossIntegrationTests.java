package io.github.costwise.budget.redis;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.costwise.budget.redis.RedisCalls.RedisBudgetException;
import io.github.costwise.model.BudgetState;
import io.github.costwise.spi.BudgetStore.Demand;
import io.github.costwise.testsupport.Eventually;
import io.github.costwise.testsupport.RealPart;
import io.github.costwise.testsupport.RealParts;
import io.github.costwise.testsupport.RequiresRealPart;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that nothing is counted twice when answers of the server are lost.
 */
@RequiresRealPart(RealPart.REDIS)
class RedisBudgetLossIntegrationTests {

	private static final int CALLERS = 4;

	private static final int CALLS = 500;

	private static final Demand CALL = RealBudgetCalls.total(RealBudgetCalls.ALL, 1_000_000, 20);

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void nothingIsCountedTwice(String client) throws Exception {
		RedisBudgetSettings settings = new RedisBudgetSettings(RedisBudgetStores.settings().name(),
				Duration.ofSeconds(2));
		ExecutorService executor = Executors.newFixedThreadPool(CALLERS);
		try (RedisBudgetStores stores = new RedisBudgetStores();
				LossyProxy proxy = new LossyProxy(RealParts.redis(), 50)) {
			RedisBudgetStore safe = stores.real(factory(stores, "lettuce", RealParts.redis()), settings);
			safe.restore(List.of());
			RedisBudgetStore store = stores.real(factory(stores, client, proxy.uri()), settings);
			List<Future<Integer>> spent = new ArrayList<>();
			for (int i = 0; i < CALLERS; i++) {
				int caller = i;
				spent.add(executor.submit(() -> spent(store, caller)));
			}
			int sum = 0;
			for (Future<Integer> one : spent) {
				sum += one.get();
			}
			assertThat(proxy.lost()).isGreaterThan(20);
			assertThat(sum).isGreaterThan(CALLERS * CALLS / 2);
			Eventually.passes(() -> {
				safe.expire(RealBudgetCalls.now());
				assertThat(RealBudgetCalls.state(safe, RealBudgetCalls.ALL).held()).isZero();
			});
			BudgetState state = RealBudgetCalls.state(safe, RealBudgetCalls.ALL);
			assertThat(state.spent()).isEqualTo(sum);
			assertThat(state.holds()).isZero();
		}
		finally {
			executor.shutdownNow();
		}
	}

	private static RedisConnectionFactory factory(RedisBudgetStores stores, String client, URI server) {
		return client.equals("jedis") ? stores.jedis(server) : stores.lettuce(server);
	}

	/** Who does not know whether a call was held does not send it. */
	private static int spent(RedisBudgetStore store, int caller) {
		int spent = 0;
		for (int i = 0; i < CALLS; i++) {
			String id = caller + "-" + i;
			try {
				RealBudgetCalls.reserve(store, id, Duration.ofSeconds(3), CALL);
			}
			catch (RedisBudgetException ex) {
				continue;
			}
			Eventually.holds(() -> isSettled(store, id));
			spent++;
		}
		return spent;
	}

	private static boolean isSettled(RedisBudgetStore store, String id) {
		try {
			RealBudgetCalls.settle(store, id, CALL, 1);
			return true;
		}
		catch (RedisBudgetException ex) {
			return false;
		}
	}

}
