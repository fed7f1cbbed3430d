package io.github.costwise.budget.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.BudgetState;
import io.github.costwise.spi.BudgetStore.Demand;
import io.github.costwise.spi.BudgetStore.OutputRange;
import io.github.costwise.spi.BudgetStore.Reservation;
import io.github.costwise.spi.BudgetStore.Spend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests what becomes of many accounts of a {@link MemoryBudgetStore}.
 */
@Tag("unit")
class MemoryAccountsTests {

	private static final Instant NOW = Instant.parse("2027-03-10T12:00:00Z");

	private static final BudgetSpan HOUR = new BudgetSpan(NOW, NOW.plus(Duration.ofHours(1)), null);

	private static final OutputRange RANGE = new OutputRange(1, 1, 1, 1, true);

	private final MemoryBudgetStore store = new MemoryBudgetStore(100);

	private static Demand demand(String owner) {
		return new Demand(new BudgetAccount("user", owner), HOUR, 10, 0, 0, 1, 0, 1, true);
	}

	private void reserve(String id, Instant at, Demand... demands) {
		this.store.reserve(new Reservation(id, at, at.plusSeconds(60), RANGE, List.of(demands)));
	}

	private void settle(String id, Demand demand) {
		this.store.settle(id, NOW, List.of(new Spend(demand.account(), demand.span(), demand.limit(), 1)));
	}

	private long known() {
		return this.store.states("user", NOW, Integer.MAX_VALUE).size();
	}

	@Test
	void accountsOfWhichNothingIsSpentMakeRoom() {
		for (int i = 0; i < 1_000; i++) {
			reserve("c" + i, NOW, demand("u" + i));
			this.store.release("c" + i);
		}
		assertThat(known()).isLessThanOrEqualTo(101);
	}

	@Test
	void accountsWhoseWindowIsOverMakeRoom() {
		for (int i = 0; i < 100; i++) {
			settle("c" + i, demand("u" + i));
		}
		Instant later = HOUR.until();
		BudgetSpan next = new BudgetSpan(later, later.plus(Duration.ofHours(1)), null);
		reserve("next", later, new Demand(new BudgetAccount("user", "new"), next, 10, 0, 0, 1, 0, 1, true));
		assertThat(this.store.state(demand("u1").account(), HOUR, later)).isNull();
	}

	@Test
	void nothingThatIsSpentHeldOrRaisedIsLost() {
		for (int i = 0; i < 300; i++) {
			Demand demand = demand("u" + i);
			switch (i % 3) {
				case 0 -> settle("c" + i, demand);
				case 1 -> reserve("c" + i, NOW, demand);
				default -> this.store.adjust(demand.account(), HOUR, NOW, 5, 0);
			}
		}
		assertThat(known()).isEqualTo(300);
	}

	@Test
	void lateBillIsBookedHoweverManyAccountsMadeRoomMeanwhile() {
		Demand late = new Demand(new BudgetAccount("user", "late"), HOUR, 10, 0, 0, 7, 0, 0, true);
		reserve("late", NOW, late);
		this.store.expire(NOW.plusSeconds(60));
		for (int i = 0; i < 300; i++) {
			settle("c" + i, demand("u" + i));
		}
		this.store.settle("late", NOW, List.of(new Spend(late.account(), HOUR, 10, 7)));
		BudgetState state = this.store.state(late.account(), HOUR, NOW);
		assertThat(state).isNotNull();
		assertThat(state.spent()).isEqualTo(7);
		assertThat(state.limit()).isEqualTo(10);
	}

	@Test
	void accountsMayMakeRoomWhileOthersUseThem() throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(8);
		try {
			List<Future<?>> all = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				int thread = i;
				all.add(executor.submit(() -> {
					for (int j = 0; j < 5_000; j++) {
						String id = thread + "-" + j;
						Demand shared = demand("shared");
						reserve(id, NOW, demand("u" + (j * 7 + thread) % 500), new Demand(shared.account(),
								BudgetSpan.TOTAL, Long.MAX_VALUE / 2, 0, 0, 1, 0, 1, true));
						if (j % 2 == 0) {
							this.store.settle(id, NOW, List.of(new Spend(shared.account(), BudgetSpan.TOTAL, 0, 1)));
						}
						else {
							this.store.release(id);
						}
					}
				}));
			}
			for (Future<?> one : all) {
				one.get();
			}
		}
		finally {
			executor.shutdownNow();
		}
		BudgetState shared = this.store.state(demand("shared").account(), BudgetSpan.TOTAL, NOW);
		assertThat(shared).isNotNull();
		assertThat(shared.spent()).isEqualTo(20_000);
		assertThat(shared.held()).isZero();
	}

	@Test
	void accountThatIsNamedTwiceIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> reserve("c", NOW, demand("a"), demand("b"), demand("a")))
			.withMessageContaining("named twice");
		reserve("d", NOW, demand("a"), demand("b"));
		assertThat(known()).isEqualTo(2);
	}

	@Test
	void windowsThatAreForgottenBeginWithWhatIsSpentNow() {
		for (int i = 0; i < 10; i++) {
			BudgetSpan hour = hour(i);
			this.store.settle("c" + i, hour.from(),
					List.of(new Spend(demand("a").account(), hour, 10, (i == 9) ? 8 : 1)));
		}
		BudgetSpan old = hour(2);
		assertThat(this.store.state(demand("a").account(), old, NOW)).isNull();
		this.store.settle("late", old.from(), List.of(new Spend(demand("a").account(), old, 10, 1)));
		assertThat(this.store.state(demand("a").account(), old, NOW)).isNull();
		assertThat(spent(hour(9))).isEqualTo(8);
	}

	private static BudgetSpan hour(int number) {
		Instant from = NOW.plus(Duration.ofHours(number));
		return new BudgetSpan(from, from.plus(Duration.ofHours(1)), null);
	}

	private long spent(BudgetSpan span) {
		BudgetState state = this.store.state(demand("a").account(), span, NOW);
		return (state != null) ? state.spent() : 0;
	}

}
