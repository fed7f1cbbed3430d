package io.github.costwise.budget.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;

import io.github.costwise.budget.redis.BudgetHistory.HistoryStep;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.BudgetState;
import io.github.costwise.spi.BudgetStore.Admission;
import io.github.costwise.spi.BudgetStore.Demand;
import io.github.costwise.testsupport.RealPart;
import io.github.costwise.testsupport.RealParts;
import io.github.costwise.testsupport.RequiresRealPart;
import io.github.costwise.testsupport.TestTimes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that whatever threads do to a {@link RedisBudgetStore}, it is as if they had done
 * it one after another.
 */
@RequiresRealPart(RealPart.REDIS)
class RedisBudgetHistoryIntegrationTests {

	private static final int ROUNDS = 25;

	private static final int CALLERS = 4;

	private static final int STEPS = 50;

	private static final long LIMIT = 200;

	@Test
	void whateverThreadsDoIsAsIfTheyDidItInTurn() throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(CALLERS);
		try (RedisBudgetStores stores = new RedisBudgetStores()) {
			for (int round = 0; round < ROUNDS; round++) {
				RedisBudgetSettings settings = RedisBudgetStores.settings();
				List<RedisBudgetStore> shared = List.of(stores.real(stores.lettuce(RealParts.redis()), settings),
						stores.real(stores.jedis(RealParts.redis()), settings));
				shared.get(0).restore(List.of());
				List<Future<List<HistoryStep>>> running = new ArrayList<>();
				for (int i = 0; i < CALLERS; i++) {
					RecordingCaller caller = new RecordingCaller(shared.get(i % 2), round, i);
					running.add(executor.submit(caller::run));
				}
				List<List<HistoryStep>> history = new ArrayList<>();
				for (Future<List<HistoryStep>> one : running) {
					history.add(one.get());
				}
				assertThat(new BudgetHistory(history, LIMIT).isInTurn()).as("round " + round + ": " + history).isTrue();
				stores.close();
			}
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void historyThatCannotHaveHappenedIsFound() {
		HistoryStep first = new HistoryStep(0, 10, "reserve", "a", 150, "ok");
		HistoryStep second = new HistoryStep(5, 15, "reserve", "b", 150, "ok");
		HistoryStep refused = new HistoryStep(5, 15, "reserve", "b", 150, "HOLDS");
		HistoryStep early = new HistoryStep(20, 25, "look", "", 0, "0 0");
		assertThat(new BudgetHistory(List.of(List.of(first), List.of(second)), LIMIT).isInTurn()).isFalse();
		assertThat(new BudgetHistory(List.of(List.of(first), List.of(refused)), LIMIT).isInTurn()).isTrue();
		assertThat(new BudgetHistory(List.of(List.of(first), List.of(early)), LIMIT).isInTurn()).isFalse();
	}

	/** Does random things, and remembers what it saw. */
	private static final class RecordingCaller {

		private final List<HistoryStep> steps = new ArrayList<>();

		private final List<String> held = new ArrayList<>();

		private final RedisBudgetStore store;

		private final Random random;

		private final String name;

		private RecordingCaller(RedisBudgetStore store, int round, int number) {
			this.store = store;
			this.random = new Random(round * 31L + number);
			this.name = "caller " + number;
		}

		private List<HistoryStep> run() {
			for (int i = 0; i < STEPS; i++) {
				boolean ends = !this.held.isEmpty() && this.random.nextInt(2) == 0;
				String id = ends ? this.held.remove(0) : this.name + "-" + i;
				int kind = this.random.nextInt(10);
				if (ends && kind < 5) {
					step("settle", id, this.random.nextInt(6));
				}
				else if (ends) {
					step("release", id, 0);
				}
				else {
					step((kind < 7) ? "reserve" : "look", id, 1 + this.random.nextInt(80));
				}
			}
			return this.steps;
		}

		private void step(String kind, String id, long amount) {
			long began = TestTimes.real().nanos();
			String outcome = outcome(kind, id, amount);
			this.steps.add(new HistoryStep(began, TestTimes.real().nanos(), kind, id, amount, outcome));
		}

		private String outcome(String kind, String id, long amount) {
			Demand call = RealBudgetCalls.total(RealBudgetCalls.ALL, LIMIT, amount);
			switch (kind) {
				case "settle" -> RealBudgetCalls.settle(this.store, id, call, amount);
				case "release" -> this.store.release(id);
				case "look" -> {
					BudgetState state = this.store.state(RealBudgetCalls.ALL, BudgetSpan.TOTAL, RealBudgetCalls.now());
					return (state != null) ? state.spent() + " " + state.held() : "0 0";
				}
				default -> {
					Admission admission = RealBudgetCalls.reserve(this.store, id, call);
					if (admission instanceof Admission.Denied denied) {
						return denied.refusal().name();
					}
					this.held.add(id);
				}
			}
			return "ok";
		}

	}

}
