package io.github.costwise.budget.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.costwise.background.Background;
import io.github.costwise.budget.redis.RedisCalls.RedisBudgetException;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.spi.BudgetStore.Demand;
import io.github.costwise.spi.BudgetStore.Spend;
import io.github.costwise.spi.SharedBudgetStore.BudgetStateLostException;
import io.github.costwise.spi.SharedBudgetStore.Restored;
import io.github.costwise.testsupport.Eventually;
import io.github.costwise.testsupport.OwnRedis;
import io.github.costwise.testsupport.RealPart;
import io.github.costwise.testsupport.RequiresRealPart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests what a {@link RedisBudgetStore} does when the server forgets, hangs or ends.
 */
@RequiresRealPart(RealPart.REDIS_STACK)
class RedisBudgetFailureIntegrationTests {

	private static final Demand CALL = RealBudgetCalls.total(RealBudgetCalls.ALL, 300, 20);

	private static final RedisBudgetSettings HASTY = new RedisBudgetSettings("hasty", Duration.ofMillis(200));

	private final RedisBudgetStores stores = new RedisBudgetStores();

	private final RedisBudgetSettings settings = RedisBudgetStores.settings();

	private OwnRedis server;

	@BeforeEach
	void start(@TempDir Path folder) throws IOException, InterruptedException {
		this.server = OwnRedis.start(folder);
	}

	@AfterEach
	void stop() throws Exception {
		this.server.goOn();
		this.stores.close();
		this.server.close();
	}

	private RedisConnectionFactory factory(String client) {
		return switch (client) {
			case "lettuce" -> this.stores.lettuce(this.server.uri());
			case "jedis" -> this.stores.jedis(this.server.uri());
			default -> throw new IllegalArgumentException(client);
		};
	}

	private RedisBudgetStore store(String client, RedisBudgetSettings chosen) {
		return this.stores.real(factory(client), chosen);
	}

	private void command(String... words) {
		try (Jedis redis = new Jedis(this.server.uri())) {
			redis.sendCommand(() -> words[0].getBytes(StandardCharsets.US_ASCII),
					Arrays.copyOfRange(words, 1, words.length));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void scriptsThatAreForgottenAreSentAgain(String client) {
		RedisBudgetStore store = store(client, this.settings);
		store.restore(List.of());
		assertThat(RealBudgetCalls.admitted(store, "a", CALL)).isTrue();
		command("SCRIPT", "FLUSH");
		assertThat(RealBudgetCalls.settle(store, "a", CALL, 7)).hasSize(1);
		command("SCRIPT", "FLUSH");
		assertThat(RealBudgetCalls.state(store, RealBudgetCalls.ALL).spent()).isEqualTo(7);
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void storeThatWasEmptiedAdmitsNothingUntilItIsRestored(String client) {
		RedisBudgetStore store = store(client, this.settings);
		assertThatExceptionOfType(BudgetStateLostException.class)
			.isThrownBy(() -> RealBudgetCalls.reserve(store, "a", CALL));
		store.restore(List.of());
		for (int i = 0; i < 13; i++) {
			assertThat(RealBudgetCalls.admitted(store, "spent " + i, CALL)).isTrue();
			RealBudgetCalls.settle(store, "spent " + i, CALL, 20);
		}
		assertThat(RealBudgetCalls.admitted(store, "in flight", CALL)).isTrue();
		command("FLUSHALL");
		assertThatExceptionOfType(BudgetStateLostException.class)
			.isThrownBy(() -> RealBudgetCalls.reserve(store, "b", CALL));
		assertThatExceptionOfType(BudgetStateLostException.class)
			.isThrownBy(() -> RealBudgetCalls.settle(store, "in flight", CALL, 20));
		assertThat(store.expire(RealBudgetCalls.now())).isEmpty();
		assertThat(store.states("all", RealBudgetCalls.now(), 10)).isEmpty();
		Restored known = new Restored(RealBudgetCalls.now(),
				new Spend(RealBudgetCalls.ALL, BudgetSpan.TOTAL, 300, 260));
		assertThat(store.restore(List.of(known))).isTrue();
		assertThat(store.restore(List.of(known))).isFalse();
		RealBudgetCalls.settle(store, "in flight", CALL, 20);
		assertThat(RealBudgetCalls.admitted(store, "last", CALL)).isTrue();
		assertThat(RealBudgetCalls.admitted(store, "too many", CALL)).isFalse();
	}

	@Test
	void restartThatKeepsEverythingLosesNothing() throws Exception {
		RedisBudgetStore store = store("lettuce", this.settings);
		store.restore(List.of());
		assertThat(RealBudgetCalls.admitted(store, "a", CALL)).isTrue();
		this.server.restart();
		assertThat(RealBudgetCalls.admitted(store, "a", CALL)).isTrue();
		assertThat(RealBudgetCalls.state(store, RealBudgetCalls.ALL).held()).isEqualTo(20);
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void serverThatHangsHoldsNobodyForLong(String client) throws Exception {
		RedisBudgetStore store = store(client, HASTY);
		store.restore(List.of());
		assertThat(RealBudgetCalls.admitted(store, "a", CALL)).isTrue();
		this.server.hang();
		ExecutorService executor = Executors.newFixedThreadPool(16);
		try {
			List<Future<?>> waiting = new ArrayList<>();
			for (int i = 0; i < 64; i++) {
				int caller = i;
				waiting.add(executor.submit(() -> assertThatExceptionOfType(RedisBudgetException.class)
					.isThrownBy(() -> RealBudgetCalls.reserve(store, "b" + caller, CALL))
					.withMessageContaining("Look at")));
			}
			for (Future<?> one : waiting) {
				one.get();
			}
		}
		finally {
			executor.shutdownNow();
		}
		this.server.goOn();
		Demand other = RealBudgetCalls.total(RealBudgetCalls.ANN, 300, 20);
		Eventually.passes(() -> assertThat(RealBudgetCalls.admitted(store, "c", other)).isTrue());
	}

	@ParameterizedTest
	@ValueSource(strings = { "lettuce", "jedis" })
	void serverThatHangsFromTheBeginningHoldsNobodyForLong(String client) throws Exception {
		this.server.hang();
		RedisBudgetStore store = store(client, HASTY);
		assertThatExceptionOfType(RedisBudgetException.class)
			.isThrownBy(() -> RealBudgetCalls.reserve(store, "a", CALL));
		this.server.goOn();
		Eventually.passes(() -> assertThat(store.restore(List.of())).isIn(true, false));
		Eventually.passes(() -> assertThat(RealBudgetCalls.admitted(store, "c", CALL)).isTrue());
	}

	@Test
	void clientThatNobodyKnowsIsWaitedForApart() throws Exception {
		RedisConnectionFactory lettuce = factory("lettuce");
		Background background = new Background(new Faults());
		try (RedisLink link = new BorrowedLink(lettuce, HASTY.timeout(), background.team("test", Faults.Kind.BUDGET),
				background.time())) {
			RedisCalls calls = new RedisCalls(link, HASTY.timeout());
			assertThat(calls.<String>call("answer", true, (connection) -> connection.ping())).isEqualTo("PONG");
			this.server.hang();
			assertThatExceptionOfType(RedisBudgetException.class)
				.isThrownBy(() -> calls.<String>call("answer", true, (connection) -> connection.ping()))
				.withMessageContaining("200 ms");
			this.server.goOn();
		}
	}

	@Test
	void settingsThatMayLoseBudgetsAreNamed() {
		RedisBudgetStore store = store("lettuce", this.settings);
		assertThat(store.warnings()).singleElement().asString().contains("appendonly");
		command("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
		assertThat(store.warnings()).hasSize(2).anyMatch((one) -> one.contains("maxmemory-policy"));
		command("CONFIG", "SET", "appendonly", "yes");
		command("CONFIG", "SET", "maxmemory-policy", "noeviction");
		assertThat(store.warnings()).isEmpty();
	}

}
