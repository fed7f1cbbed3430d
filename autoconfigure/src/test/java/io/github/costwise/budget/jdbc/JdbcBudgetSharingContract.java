package io.github.costwise.budget.jdbc;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import io.github.costwise.BudgetRefusal;
import io.github.costwise.background.Background;
import io.github.costwise.faults.Faults;
import io.github.costwise.jdbc.SchemaMode;
import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.BudgetState;
import io.github.costwise.spi.BudgetStore.Admission;
import io.github.costwise.spi.BudgetStore.Demand;
import io.github.costwise.spi.BudgetStore.OutputRange;
import io.github.costwise.spi.BudgetStore.Reservation;
import io.github.costwise.spi.BudgetStore.Spend;
import io.github.costwise.spi.SharedBudgetStore.BudgetStateLostException;
import io.github.costwise.spi.SharedBudgetStore.Restored;
import io.github.costwise.testsupport.Eventually;
import io.github.costwise.testsupport.TestDatabase;
import io.github.costwise.testsupport.TestTimes;
import io.github.costwise.time.Time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What several instances of {@link JdbcBudgetStore} over one database must hold, by the
 * clock of the database.
 */
abstract class JdbcBudgetSharingContract {

	static final BudgetAccount ALL = new BudgetAccount("all", "");

	static final BudgetAccount ANN = new BudgetAccount("user", "Ann ");

	static final OutputRange RANGE = new OutputRange(1, 1, 1, 1, true);

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final List<JdbcBudgetStore> stores = new ArrayList<>();

	final Background background = new Background(new Faults());

	final TestDatabase database;

	JdbcBudgetSharingContract(TestDatabase database) {
		this.database = database;
	}

	@AfterEach
	void close() {
		this.stores.forEach(JdbcBudgetStore::close);
		this.database.drop();
	}

	final JdbcBudgetStore open() {
		return open(this.database.create(), settings(4, true), TestTimes.real());
	}

	final JdbcBudgetStore open(DataSource dataSource, JdbcBudgetSettings settings, Time time) {
		JdbcBudgetStore store = JdbcBudgetStore.open(dataSource, settings, time, this.background);
		this.stores.add(store);
		return store;
	}

	static JdbcBudgetSettings settings(int connections, boolean kept) {
		return new JdbcBudgetSettings(connections, kept, Duration.ofSeconds(20), Duration.ofSeconds(20),
				SchemaMode.ALWAYS);
	}

	/** A store that has lost nothing. */
	final JdbcBudgetStore begin() {
		JdbcBudgetStore store = open();
		store.restore(List.of());
		return store;
	}

	static Demand demand(BudgetAccount account, BudgetSpan span, long limit, long amount) {
		return new Demand(account, span, limit, 0, 0, amount, 0, amount, true);
	}

	static Admission reserve(JdbcBudgetStore store, String id, Demand... demands) {
		return reserve(store, id, Instant.now(), demands);
	}

	static Admission reserve(JdbcBudgetStore store, String id, Instant now, Demand... demands) {
		return store.reserve(new Reservation(id, now, now.plus(MINUTE), RANGE, List.of(demands)));
	}

	static void settle(JdbcBudgetStore store, String id, Demand demand, long amount) {
		store.settle(id, Instant.now(), List.of(spend(demand, amount)));
	}

	static Spend spend(Demand demand, long amount) {
		return new Spend(demand.account(), demand.span(), demand.limit(), amount);
	}

	static BudgetState state(JdbcBudgetStore store, Demand demand) {
		return store.state(demand.account(), demand.span(), Instant.now());
	}

	/** Does something on several threads. */
	static <T> List<T> together(int threads, Callable<T> task) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			List<Future<T>> all = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				all.add(executor.submit(task));
			}
			List<T> results = new ArrayList<>();
			for (Future<T> one : all) {
				results.add(one.get());
			}
			return results;
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void instancesHaveOneLimitTogether() throws Exception {
		List<JdbcBudgetStore> two = List.of(begin(), open());
		Demand all = demand(ALL, BudgetSpan.TOTAL, 60, 1);
		AtomicInteger numbers = new AtomicInteger();
		List<Integer> passed = together(8, () -> {
			int admitted = 0;
			for (int i = 0; i < 15; i++) {
				int number = numbers.getAndIncrement();
				JdbcBudgetStore store = two.get(number % 2);
				if (reserve(store, "c" + number, all) instanceof Admission.Admitted) {
					settle(two.get((number + i) % 2), "c" + number, all, 1);
					admitted++;
				}
			}
			return admitted;
		});
		assertThat(passed.stream().mapToInt(Integer::intValue).sum()).isEqualTo(60);
		assertThat(state(two.get(1), all).spent()).isEqualTo(60);
		assertThat(state(two.get(0), all).holds()).isZero();
	}

	@Test
	void rollingWindowIsThatOfAllInstances() {
		JdbcBudgetStore first = begin();
		JdbcBudgetStore second = open();
		Demand minute = demand(ALL, BudgetSpan.rolling(Duration.ofMinutes(10)), 5, 1);
		for (int i = 0; i < 5; i++) {
			assertThat(reserve((i % 2 == 0) ? first : second, "c" + i, minute)).isInstanceOf(Admission.Admitted.class);
			settle((i % 2 == 0) ? second : first, "c" + i, minute, 1);
		}
		for (JdbcBudgetStore store : List.of(first, second)) {
			Admission.Denied refused = (Admission.Denied) reserve(store, "refused", minute);
			assertThat(refused.refusal()).isEqualTo(BudgetRefusal.SPENT);
			assertThat(refused.room()).isBetween(Instant.now().plus(Duration.ofMinutes(9)),
					Instant.now().plus(Duration.ofMinutes(11)));
		}
	}

	@Test
	void hugeAmountsAreExact() {
		JdbcBudgetStore store = begin();
		long huge = Long.MAX_VALUE / 4;
		Demand call = demand(ANN, BudgetSpan.TOTAL, huge, huge - 3);
		assertThat(reserve(store, "a", call)).isInstanceOf(Admission.Admitted.class);
		store.settle("a", Instant.now(), List.of(spend(call, huge - 2)));
		assertThat(state(store, call).free()).isEqualTo(2);
		Demand rest = demand(ANN, BudgetSpan.TOTAL, huge, 2);
		assertThat(reserve(open(), "b", demand(ANN, BudgetSpan.TOTAL, huge, 3))).isInstanceOf(Admission.Denied.class);
		assertThat(reserve(open(), "c", rest)).isInstanceOf(Admission.Admitted.class);
		assertThat(state(store, rest).free()).isZero();
		assertThat(store.states("user", Instant.now(), 10)).extracting(BudgetState::account).containsExactly(ANN);
	}

	@Test
	void windowIsThatOfTheClockOfTheDatabase() {
		JdbcBudgetStore store = begin();
		Instant wrong = Instant.now().minus(Duration.ofDays(3)).truncatedTo(ChronoUnit.HOURS);
		Demand old = demand(ALL, new BudgetSpan(wrong, wrong.plus(Duration.ofHours(1)), null), 10, 1);
		Admission.Stale stale = (Admission.Stale) reserve(store, "a", wrong, old);
		assertThat(stale.now()).isBetween(Instant.now().minus(MINUTE), Instant.now().plus(MINUTE));
		Instant begin = stale.now().truncatedTo(ChronoUnit.DAYS);
		Demand today = demand(ALL, new BudgetSpan(begin, begin.plus(Duration.ofDays(2)), null), 10, 1);
		assertThat(reserve(store, "a", stale.now(), today)).isInstanceOf(Admission.Admitted.class);
	}

	@Test
	void clocksThatAreWrongExtendForAsLongAsOthersDo() {
		JdbcBudgetStore store = begin();
		Instant slow = Instant.now().minus(Duration.ofHours(2));
		JdbcBudgetStore late = open(this.database.create(), settings(2, true),
				TestTimes.real(Clock.fixed(slow, ZoneOffset.UTC)));
		Demand call = demand(ALL, BudgetSpan.TOTAL, 10, 1);
		reserve(late, "a", slow, call);
		late.extend(List.of("a"), slow.plus(MINUTE));
		assertThat(store.expire(Instant.now().plus(Duration.ofDays(9)))).isEmpty();
		late.extend(List.of("a"), slow.minusMillis(1));
		assertThat(store.expire(slow)).containsExactly("a");
		assertThat(state(store, call).spent()).isOne();
	}

	@Test
	void emptyTablesAreRestoredByOneInstance() throws Exception {
		JdbcBudgetStore first = open();
		JdbcBudgetStore second = open();
		Demand call = demand(ALL, BudgetSpan.TOTAL, 30, 2);
		assertLost(first, call);
		List<Restored> known = List.of(new Restored(Instant.now(), spend(call, 20)),
				new Restored(Instant.now(), spend(call, 7)));
		assertThat(together(4, () -> first.restore(known) | second.restore(known))).containsOnlyOnce(true);
		assertThat(reserve(second, "b", call)).isInstanceOf(Admission.Admitted.class);
		assertThat(reserve(first, "c", call)).isInstanceOf(Admission.Denied.class);
		this.database.execute("delete from costwise_budget_account");
		assertLost(second, call);
		assertThat(second.restore(known)).isTrue();
		assertThat(first.restore(known)).isFalse();
		assertThat(first.settle("b", Instant.now(), List.of(spend(call, 1)))).singleElement()
			.satisfies((settled) -> assertThat(settled.held()).isZero());
		assertThat(state(first, call)).extracting(BudgetState::spent, BudgetState::held).containsExactly(28L, 0L);
	}

	private static void assertLost(JdbcBudgetStore store, Demand call) {
		assertThatExceptionOfType(BudgetStateLostException.class).isThrownBy(() -> reserve(store, "a", call));
		assertThatExceptionOfType(BudgetStateLostException.class).isThrownBy(() -> settle(store, "a", call, 1));
		store.release("a");
		assertThat(store.state(call.account(), call.span(), Instant.now())).isNull();
		assertThat(store.expire(Instant.now())).isEmpty();
	}

	@Test
	void callsDrawOnOneHoldFromAllInstances() throws Exception {
		List<JdbcBudgetStore> two = List.of(begin(), open());
		Demand run = demand(ALL, BudgetSpan.TOTAL, 100, 40);
		reserve(two.get(0), "run", run, demand(ANN, BudgetSpan.TOTAL, 100, 40));
		AtomicInteger numbers = new AtomicInteger();
		Demand call = demand(ALL, BudgetSpan.TOTAL, 100, 1);
		List<Integer> passed = together(8, () -> {
			int admitted = 0;
			for (int i = 0; i < 8; i++) {
				String id = "c" + numbers.getAndIncrement();
				Demand one = (i % 2 == 0) ? call : demand(ANN, BudgetSpan.TOTAL, 100, 1);
				Instant now = Instant.now();
				Admission admission = two.get(i / 2 % 2)
					.reserve(new Reservation(id, now, now.plus(MINUTE), RANGE, List.of(one), "run"));
				if (admission instanceof Admission.Admitted) {
					two.get(i / 4).settle(id, now, List.of(spend(one, 1)));
					admitted++;
				}
			}
			return admitted;
		});
		assertThat(passed).containsOnly(8);
		two.get(1).release("run");
		assertThat(state(two.get(0), call)).extracting(BudgetState::spent, BudgetState::held).containsExactly(32L, 0L);
	}

	@Test
	void somethingIsTheFirstOnce() throws Exception {
		List<JdbcBudgetStore> two = List.of(begin(), open());
		AtomicInteger numbers = new AtomicInteger();
		Instant until = Instant.now().plus(MINUTE);
		assertThat(together(8, () -> two.get(numbers.getAndIncrement() % 2).isFirst("80 %", until)))
			.containsOnlyOnce(true);
		assertThat(two.get(0).isFirst("100 %", Instant.now().minus(MINUTE))).isTrue();
		assertThat(two.get(1).isFirst("100 %", until)).isTrue();
		assertThat(two.get(1).isFirst("100 %", until)).isFalse();
	}

	@Test
	void changesAreKnownToAllInTheirOrder() throws Exception {
		List<JdbcBudgetStore> two = List.of(begin(), open());
		AtomicInteger numbers = new AtomicInteger();
		together(8, () -> {
			int number = numbers.getAndIncrement();
			two.get(number % 2).remember("change " + number + " é\u0000");
			return number;
		});
		List<String> all = two.get(0).remembered(0);
		assertThat(all).hasSize(8).allMatch((line) -> line.endsWith(" é?"));
		assertThat(two.get(1).remembered(5)).isEqualTo(all.subList(5, 8));
	}

	@Test
	void roomIsNoticedOnOtherInstances() throws Exception {
		JdbcBudgetStore first = begin();
		JdbcBudgetStore second = open();
		Demand call = demand(ALL, BudgetSpan.TOTAL, 100, 1);
		AtomicInteger noticed = new AtomicInteger();
		AtomicInteger ids = new AtomicInteger();
		try (AutoCloseable listening = second.onRoom(noticed::incrementAndGet)) {
			Eventually.passes(() -> {
				String id = "c" + ids.incrementAndGet();
				reserve(first, id, call);
				settle(first, id, call, 1);
				assertThat(noticed).hasPositiveValue();
			});
			int before = noticed.get();
			first.adjust(ALL, BudgetSpan.TOTAL, Instant.now(), 1, 0);
			Eventually.passes(() -> assertThat(noticed).hasValueGreaterThan(before));
		}
	}

	@Test
	void rowsThatAreOfNoUseAreDeleted() {
		JdbcBudgetStore store = begin();
		Instant begin = Instant.now().minus(Duration.ofDays(100));
		Demand old = demand(ANN, new BudgetSpan(begin, begin.plus(Duration.ofDays(1)), null), 10, 1);
		settle(store, "old", old, 1);
		Demand call = demand(ALL, BudgetSpan.TOTAL, 10, 1);
		settle(store, "now", call, 1);
		this.database.execute("update costwise_budget_hold set due_at = due_at - 3700000000000 where id = 'old'");
		store.expire(Instant.now());
		assertThat(store.state(ANN, old.span(), Instant.now())).isNull();
		assertThat(state(store, call).spent()).isOne();
		assertThat(store.settle("now", Instant.now(), List.of(spend(call, 1)))).isEmpty();
		assertThat(store.settle("old", Instant.now(), List.of(spend(call, 1)))).hasSize(1);
	}

	@RepeatedTest(10)
	void instancesThatStartTogetherMakeTheTablesOnce() throws Exception {
		this.database.create();
		together(6, this::open);
		assertThat(begin().states("all", Instant.now(), 10)).isEmpty();
		assertThat(this.background.faults().last(Faults.Kind.BUDGET)).isNull();
		assertThat(this.background.faults().count(Faults.Kind.BUDGET)).isZero();
	}

}
