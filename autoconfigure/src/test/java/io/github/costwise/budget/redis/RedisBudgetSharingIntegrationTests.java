package io.github.costwise.budget.redis;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.costwise.BudgetRefusal;
import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.spi.BudgetStore.Admission;
import io.github.costwise.spi.BudgetStore.Demand;
import io.github.costwise.spi.BudgetStore.OutputRange;
import io.github.costwise.spi.BudgetStore.Reservation;
import io.github.costwise.spi.BudgetStore.Spend;
import io.github.costwise.spi.SharedBudgetStore.Restored;
import io.github.costwise.testsupport.RealPart;
import io.github.costwise.testsupport.RealParts;
import io.github.costwise.testsupport.RequiresRealPart;
import io.github.costwise.testsupport.TestTimes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests what several instances see of a {@link RedisBudgetStore}, by the clock of the
 * server.
 */
@RequiresRealPart(RealPart.REDIS)
class RedisBudgetSharingIntegrationTests {

	private static final long HUGE = Long.MAX_VALUE / 4;

	private final RedisBudgetStores stores = new RedisBudgetStores();

	private final RedisBudgetSettings settings = RedisBudgetStores.settings();

	private final RedisBudgetStore store = this.stores.real(this.stores.lettuce(RealParts.redis()), this.settings);

	private final RedisBudgetStore other = this.stores.real(this.stores.jedis(RealParts.redis()), this.settings);

	@AfterEach
	void close() throws Exception {
		this.stores.close();
	}

	@Test
	void instancesShareOneLimit() throws Exception {
		assertThat(this.store.restore(List.of())).isTrue();
		assertThat(this.other.restore(List.of())).isFalse();
		ExecutorService executor = Executors.newFixedThreadPool(8);
		try {
			List<Future<Integer>> passed = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				int caller = i;
				passed.add(executor.submit(() -> passed((caller % 2 == 0) ? this.store : this.other, caller)));
			}
			int sum = 0;
			for (Future<Integer> one : passed) {
				sum += one.get();
			}
			assertThat(sum).isEqualTo(100);
		}
		finally {
			executor.shutdownNow();
		}
		assertThat(RealBudgetCalls.state(this.other, RealBudgetCalls.ALL).spent()).isEqualTo(100);
	}

	private static int passed(RedisBudgetStore store, int caller) {
		Demand call = RealBudgetCalls.total(RealBudgetCalls.ALL, 100, 1);
		int passed = 0;
		for (int i = 0; i < 25; i++) {
			String id = caller + "-" + i;
			if (RealBudgetCalls.admitted(store, id, call)) {
				RealBudgetCalls.settle(store, id, call, 1);
				passed++;
			}
		}
		return passed;
	}

	@Test
	void amountsThatDoublesCannotHoldAreExact() {
		this.store.restore(List.of());
		Demand call = RealBudgetCalls.total(RealBudgetCalls.ALL, HUGE, HUGE - 1);
		assertThat(RealBudgetCalls.admitted(this.store, "a", call)).isTrue();
		RealBudgetCalls.settle(this.store, "a", call, HUGE - 2);
		assertThat(RealBudgetCalls.state(this.store, RealBudgetCalls.ALL).spent()).isEqualTo(HUGE - 2);
		Admission refused = RealBudgetCalls.reserve(this.store, "b",
				RealBudgetCalls.total(RealBudgetCalls.ALL, HUGE, 3));
		assertThat(((Admission.Denied) refused).refusal()).isEqualTo(BudgetRefusal.SPENT);
		assertThat(((Admission.Denied) refused).state().free()).isEqualTo(2);
		assertThat(RealBudgetCalls.admitted(this.store, "c", RealBudgetCalls.total(RealBudgetCalls.ALL, HUGE, 2)))
			.isTrue();
	}

	@Test
	void capsOfHugeAmountsAreExact() {
		this.store.restore(List.of());
		long perToken = (1L << 42) + 1;
		long fixed = (1L << 60) + 7;
		int cap = 1_000_003;
		Demand call = new Demand(RealBudgetCalls.ALL, BudgetSpan.TOTAL, fixed + perToken * cap, 0, 0, fixed, perToken,
				0, true);
		Instant now = RealBudgetCalls.now();
		OutputRange range = new OutputRange(1, Integer.MAX_VALUE, Integer.MAX_VALUE, 1, true);
		assertThat(this.store.reserve(new Reservation("a", now, now.plusSeconds(60), range, List.of(call))))
			.isEqualTo(new Admission.Admitted(cap, List.of()));
		assertThat(RealBudgetCalls.state(this.store, RealBudgetCalls.ALL).free()).isZero();
	}

	@Test
	void windowIsThatOfTheServer() {
		this.store.restore(List.of());
		Instant hour = RealBudgetCalls.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(5));
		Demand old = new Demand(RealBudgetCalls.ALL, new BudgetSpan(hour, hour.plusSeconds(3600), null), 100, 0, 0, 1,
				0, 0, true);
		Admission stale = this.store
			.reserve(new Reservation("a", hour, hour.plusSeconds(60), new OutputRange(1, 1, 1, 1, true), List.of(old)));
		assertThat(stale).isInstanceOf(Admission.Stale.class);
		assertThat(((Admission.Stale) stale).now()).isCloseTo(RealBudgetCalls.now(), within(1, ChronoUnit.MINUTES));
	}

	@Test
	void clocksOfInstancesDoNotRefillARollingWindow() {
		this.store.restore(List.of());
		Clock ahead = Clock.offset(TestTimes.real().clock(), Duration.ofMinutes(10));
		RedisBudgetStore early = this.stores.real(this.stores.jedis(RealParts.redis()), this.settings,
				RedisBudgetStore.ONE_SHARD, TestTimes.real(ahead));
		BudgetSpan minute = BudgetSpan.rolling(Duration.ofMinutes(1));
		Demand call = new Demand(RealBudgetCalls.ALL, minute, 100, 0, 0, 60, 0, 0, true);
		Instant then = ahead.instant();
		early.settle("a", then, List.of(new Spend(RealBudgetCalls.ALL, minute, 100, 60)));
		Admission refused = this.store.reserve(new Reservation("b", RealBudgetCalls.now(),
				RealBudgetCalls.now().plusSeconds(60), new OutputRange(1, 1, 1, 1, true), List.of(call)));
		Admission alike = early.reserve(
				new Reservation("c", then, then.plusSeconds(60), new OutputRange(1, 1, 1, 1, true), List.of(call)));
		assertThat(((Admission.Denied) refused).refusal()).isEqualTo(BudgetRefusal.SPENT);
		assertThat(((Admission.Denied) alike).refusal()).isEqualTo(BudgetRefusal.SPENT);
		assertThat(((Admission.Denied) refused).room()).isBefore(then.minus(Duration.ofMinutes(5)));
		assertThat(((Admission.Denied) alike).room()).isBetween(then.minusSeconds(60), then.plusSeconds(61));
	}

	@Test
	void somethingIsDoneOnceByAll() {
		Instant until = RealBudgetCalls.now().plusSeconds(3600);
		assertThat(this.store.isFirst("alert", until)).isTrue();
		assertThat(this.other.isFirst("alert", until)).isFalse();
		assertThat(this.other.isFirst("another", until)).isTrue();
	}

	@Test
	void changesAreRememberedByAll() {
		this.store.remember("first");
		this.other.remember("second");
		assertThat(this.other.remembered(0)).containsExactly("first", "second");
		assertThat(this.store.remembered(1)).containsExactly("second");
		assertThat(this.store.remembered(2)).isEmpty();
	}

	@Test
	void othersNoticeRoom() throws Exception {
		this.store.restore(List.of());
		Demand call = RealBudgetCalls.total(RealBudgetCalls.ALL, 100, 60);
		for (RedisBudgetStore listening : List.of(this.store, this.other)) {
			assertThat(RealBudgetCalls.admitted(this.store, "a" + listening.hashCode(), call)).isTrue();
			CountDownLatch known = new CountDownLatch(1);
			try (AutoCloseable end = listening.onRoom(known::countDown)) {
				this.other.release("a" + listening.hashCode());
				assertThat(known.await(60, TimeUnit.SECONDS)).isTrue();
			}
		}
	}

	@Test
	void whatWasSpentBeforeIsBookedOnce() {
		BudgetSpan minutes = BudgetSpan.rolling(Duration.ofMinutes(10));
		Instant now = RealBudgetCalls.now();
		List<Restored> spends = new ArrayList<>();
		for (int i = 0; i < 2_500; i++) {
			BudgetAccount account = new BudgetAccount("user", "u" + i % 500);
			spends.add(new Restored(now.minusSeconds(30), new Spend(account, BudgetSpan.TOTAL, 1_000, 3)));
		}
		spends.add(new Restored(now.minusSeconds(300), new Spend(RealBudgetCalls.ALL, minutes, 100, 40)));
		spends.add(new Restored(now.minusSeconds(900), new Spend(RealBudgetCalls.ALL, minutes, 100, 40)));
		assertThat(this.store.restore(spends)).isTrue();
		assertThat(this.other.restore(spends)).isFalse();
		assertThat(this.other.state(new BudgetAccount("user", "u7"), BudgetSpan.TOTAL, now))
			.satisfies((state) -> assertThat(state.spent()).isEqualTo(15));
		assertThat(this.other.state(RealBudgetCalls.ALL, minutes, now))
			.satisfies((state) -> assertThat(state.spent()).isEqualTo(40));
		assertThat(this.store.states("user", now, 10)).hasSize(10);
		assertThat(this.store.states("user", now, 1_000)).hasSize(500);
	}

	@Test
	void tenantsAreKeptApart() {
		RedisBudgetStore shared = this.stores.real(this.stores.lettuce(RealParts.redis()), this.settings,
				BudgetAccount::owner, this.stores.time());
		RedisBudgetStore again = this.stores.real(this.stores.lettuce(RealParts.redis()), this.settings,
				BudgetAccount::owner, this.stores.time());
		Demand ann = RealBudgetCalls.total(new BudgetAccount("tenant", "a{}nn"), 100, 60);
		Demand bob = RealBudgetCalls.total(new BudgetAccount("tenant", "bob"), 100, 60);
		shared
			.restore(List.of(new Restored(RealBudgetCalls.now(), new Spend(ann.account(), BudgetSpan.TOTAL, 100, 10))));
		assertThat(RealBudgetCalls.admitted(shared, "a", ann)).isTrue();
		assertThat(RealBudgetCalls.admitted(shared, "b", bob)).isTrue();
		assertThat(RealBudgetCalls.admitted(again, "c", bob)).isFalse();
		again.release("b");
		assertThat(RealBudgetCalls.admitted(again, "c", bob)).isTrue();
		assertThat(again.states("tenant", RealBudgetCalls.now(), 10)).hasSize(2);
		assertThatIllegalArgumentException().isThrownBy(() -> RealBudgetCalls.reserve(shared, "d", ann, bob));
		RealBudgetCalls.reserve(shared, "e", Duration.ZERO, RealBudgetCalls.total(bob.account(), 100, 10));
		assertThat(again.expire(RealBudgetCalls.now())).containsExactly("e");
	}

}
