package io.github.costwise.budget.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;

import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.support.TransactionTemplate;

import io.github.costwise.jdbc.SchemaMode;
import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.BudgetState;
import io.github.costwise.spi.BudgetStore.Admission;
import io.github.costwise.spi.BudgetStore.Demand;
import io.github.costwise.testsupport.Eventually;
import io.github.costwise.testsupport.TestDatabase;
import io.github.costwise.testsupport.TestTimes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What {@link JdbcBudgetStore} must hold when connections are few or break, and when
 * others lock the same rows.
 */
abstract class JdbcBudgetTroubleContract extends JdbcBudgetSharingContract {

	private static final Demand CALL = demand(ALL, BudgetSpan.TOTAL, 1_000_000, 3);

	JdbcBudgetTroubleContract(TestDatabase database) {
		super(database);
	}

	@Test
	void callersThatHoldTheWholePoolAreNotWaitedFor() throws Exception {
		JdbcBudgetStore store = begin();
		TransactionTemplate callers = callers(new WaitingPool(this.database.create(), 5));
		CyclicBarrier all = new CyclicBarrier(5);
		AtomicInteger ids = new AtomicInteger();
		together(5, () -> callers.execute((status) -> {
			await(all);
			String id = "c" + ids.getAndIncrement();
			assertThat(reserve(store, id, CALL)).isInstanceOf(Admission.Admitted.class);
			settle(store, id, CALL, 2);
			status.setRollbackOnly();
			await(all);
			return true;
		}));
		assertThat(state(store, CALL)).extracting(BudgetState::spent, BudgetState::held).containsExactly(10L, 0L);
	}

	private static TransactionTemplate callers(DataSource pool) {
		return new TransactionTemplate(new DataSourceTransactionManager(pool));
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void poolOfTheApplicationIsWaitedForAsLongAsIsSet() {
		DataSource pool = new WaitingPool(this.database.create(), 2);
		begin();
		JdbcBudgetStore store = open(pool,
				new JdbcBudgetSettings(1, false, Duration.ofMillis(300), Duration.ofSeconds(20), SchemaMode.NEVER),
				TestTimes.real());
		TransactionTemplate outer = callers(pool);
		outer.execute((status) -> {
			assertThat(reserve(store, "a", CALL)).isInstanceOf(Admission.Admitted.class);
			callers(new TwiceNamed(pool)).execute((inner) -> {
				assertThatExceptionOfType(BudgetDatabaseException.class).isThrownBy(() -> reserve(store, "b", CALL))
					.withMessageContaining("after 300 ms");
				return true;
			});
			status.setRollbackOnly();
			return true;
		});
		Eventually.passes(() -> assertThat(catching(() -> reserve(store, "b", CALL))).isNotNull());
		settle(store, "a", CALL, 3);
		settle(store, "b", CALL, 3);
		assertThat(state(store, CALL).spent()).isEqualTo(6);
	}

	private static Admission catching(Supplier<Admission> call) {
		try {
			return call.get();
		}
		catch (BudgetDatabaseException ex) {
			return null;
		}
	}

	@Test
	void answersThatAreLostCountNothingTwice() throws Exception {
		begin();
		DroppingDataSource dropping = new DroppingDataSource(this.database.create(), 42);
		JdbcBudgetStore store = open(dropping, settings(4, true), TestTimes.real());
		dropping.dropOneOf(15);
		AtomicInteger ids = new AtomicInteger();
		AtomicInteger failures = new AtomicInteger();
		Demand own = demand(ANN, BudgetSpan.rolling(Duration.ofDays(1)), 1_000_000, 3);
		together(4, () -> {
			for (int i = 0; i < 40; i++) {
				String id = "c" + ids.getAndIncrement();
				insist(failures, () -> reserve(store, id, CALL, own));
				if (i % 4 == 0) {
					insist(failures, () -> release(store, id));
				}
				else {
					insist(failures, () -> store.settle(id, Instant.now(), List.of(spend(own, 2), spend(CALL, 2))));
				}
			}
			return true;
		});
		dropping.dropOneOf(0);
		assertThat(failures).hasPositiveValue();
		for (Demand demand : List.of(CALL, own)) {
			assertThat(state(store, demand)).extracting(BudgetState::spent, BudgetState::held, BudgetState::holds)
				.containsExactly(4 * 30 * 2L, 0L, 0);
		}
	}

	private static boolean release(JdbcBudgetStore store, String id) {
		store.release(id);
		return true;
	}

	private static void insist(AtomicInteger failures, Supplier<Object> action) {
		for (int i = 0; i < 1_000; i++) {
			try {
				action.get();
				return;
			}
			catch (BudgetDatabaseException ex) {
				failures.incrementAndGet();
			}
		}
		throw new IllegalStateException("it never worked");
	}

	@Test
	void connectionsThatBrokeWhileNobodyUsedThemAreReplaced() throws Exception {
		begin();
		DroppingDataSource dropping = new DroppingDataSource(this.database.create(), 42);
		JdbcBudgetStore store = open(dropping, settings(2, true), TestTimes.real());
		for (int i = 0; i < 3; i++) {
			reserve(store, "c" + i, CALL);
			dropping.dropAll();
		}
		store.adjust(ALL, BudgetSpan.TOTAL, Instant.now(), 0, 5);
		assertThat(state(store, CALL)).extracting(BudgetState::spent, BudgetState::held).containsExactly(5L, 9L);
	}

	@Test
	void threadsThatNameAccountsInAnyOrderAllGoOn() throws Exception {
		JdbcBudgetStore store = open(this.database.create(), settings(8, true), TestTimes.real());
		store.restore(List.of());
		Demand ann = demand(ANN, BudgetSpan.TOTAL, 1_000_000, 3);
		Demand own = demand(new BudgetAccount("user", "bob"), BudgetSpan.TOTAL, 1_000_000, 3);
		AtomicInteger ids = new AtomicInteger();
		together(8, () -> {
			for (int i = 0; i < 20; i++) {
				int number = ids.getAndIncrement();
				Demand[] demands = (number % 2 == 0) ? new Demand[] { CALL, ann, own }
						: new Demand[] { own, ann, CALL };
				String id = "c" + number;
				assertThat(reserve(store, id, demands)).isInstanceOf(Admission.Admitted.class);
				settle(store, id, CALL, 1);
			}
			return true;
		});
		assertThat(state(store, CALL)).extracting(BudgetState::spent, BudgetState::held).containsExactly(160L, 0L);
		assertThat(state(store, own)).extracting(BudgetState::spent, BudgetState::held).containsExactly(0L, 0L);
	}

	@Test
	void databaseIsAskedFewTimes() {
		begin();
		DroppingDataSource counting = new DroppingDataSource(this.database.create(), 42);
		JdbcBudgetStore store = open(counting, settings(1, true), TestTimes.real());
		Demand ann = demand(ANN, BudgetSpan.TOTAL, 100, 3);
		reserve(store, "first", CALL, ann);
		int before = counting.talks();
		reserve(store, "a", CALL, ann);
		assertThat(counting.talks() - before).isLessThanOrEqualTo(4);
		int between = counting.talks();
		store.settle("a", Instant.now(), List.of(spend(CALL, 2), spend(ann, 2)));
		assertThat(counting.talks() - between).isLessThanOrEqualTo(4);
	}

	/** Another transaction manager would take it for another data source. */
	private static final class TwiceNamed extends DelegatingDataSource {

		private TwiceNamed(DataSource target) {
			super(target);
		}

	}

}
