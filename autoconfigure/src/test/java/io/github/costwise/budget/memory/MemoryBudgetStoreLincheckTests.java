package io.github.costwise.budget.memory;

import java.time.Instant;
import java.util.List;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.BudgetState;
import io.github.costwise.spi.BudgetStore.Admission;
import io.github.costwise.spi.BudgetStore.Demand;
import io.github.costwise.spi.BudgetStore.OutputRange;
import io.github.costwise.spi.BudgetStore.Reservation;
import io.github.costwise.spi.BudgetStore.Spend;

/**
 * Tests that whatever threads do to a {@link MemoryBudgetStore}, it is as if they had
 * done it one after another, and no account holds more than its limit.
 */
@Tag("thorough")
public class MemoryBudgetStoreLincheckTests {

	@Test
	void whateverThreadsDoIsAsIfTheyDidItInTurn() {
		new ModelCheckingOptions().iterations(8)
			.invocationsPerIteration(100)
			.threads(2)
			.actorsPerThread(2)
			.actorsBefore(1)
			.actorsAfter(1)
			.check(Subject.class);
	}

	/** What Lincheck does things to. */
	public static class Subject {

		private static final long LIMIT = 10;

		private static final long SPENT = 4;

		private static final Instant NOW = Instant.EPOCH;

		private static final Instant EXPIRES = NOW.plusSeconds(60);

		private static final BudgetAccount ALL = new BudgetAccount("all", "");

		private static final BudgetAccount OWN = new BudgetAccount("own", "ann");

		private final MemoryBudgetStore store = new MemoryBudgetStore();

		@Operation
		public boolean reserveFirst() {
			return reserve("first", demand(ALL), demand(OWN));
		}

		@Operation
		public boolean reserveSecond() {
			return reserve("second", demand(OWN), demand(ALL));
		}

		private boolean reserve(String id, Demand... demands) {
			OutputRange range = new OutputRange(1, 1, 1, 1, true);
			return this.store
				.reserve(new Reservation(id, NOW, EXPIRES, range, List.of(demands))) instanceof Admission.Admitted;
		}

		private static Demand demand(BudgetAccount account) {
			return new Demand(account, BudgetSpan.TOTAL, LIMIT, 0, 0, 6, 0, 1, true);
		}

		@Operation
		public int settleFirst() {
			return settle("first");
		}

		@Operation
		public int settleSecond() {
			return settle("second");
		}

		private int settle(String id) {
			return this.store.settle(id, NOW, List.of(new Spend(ALL, BudgetSpan.TOTAL, LIMIT, SPENT))).size();
		}

		@Operation
		public void releaseFirst() {
			this.store.release("first");
		}

		@Operation
		public boolean expire() {
			return !this.store.expire(EXPIRES).isEmpty();
		}

		@Operation
		public long free() {
			BudgetState state = this.store.state(ALL, BudgetSpan.TOTAL, NOW);
			return (state != null) ? state.free() : LIMIT;
		}

		/** Checks what must hold whenever nobody does anything to it. */
		@Validate
		public void booksAreRight() {
			BudgetState state = this.store.state(ALL, BudgetSpan.TOTAL, NOW);
			if (state != null
					&& (state.held() != 6L * state.holds() || state.spent() > 2 * SPENT || state.spent() < 0)) {
				throw new IllegalStateException(state.toString());
			}
		}

	}

}
