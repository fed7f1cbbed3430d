package io.github.costwise.budget.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.BudgetState;
import io.github.costwise.spi.BudgetStore.Admission;
import io.github.costwise.spi.BudgetStore.Demand;
import io.github.costwise.spi.BudgetStore.OutputRange;
import io.github.costwise.spi.BudgetStore.Reservation;
import io.github.costwise.spi.BudgetStore.Settled;
import io.github.costwise.spi.BudgetStore.Spend;
import io.github.costwise.testsupport.TestTimes;

/**
 * Calls of a store whose clock goes on.
 */
final class RealBudgetCalls {

	static final BudgetAccount ALL = new BudgetAccount("all", "");

	static final BudgetAccount ANN = new BudgetAccount("user", "ann");

	private static final OutputRange ANY_LENGTH = new OutputRange(1, 1, 1, 1, true);

	private RealBudgetCalls() {
	}

	static Instant now() {
		return TestTimes.real().now();
	}

	/** What is held and not settled is given back when it expires. */
	static Demand total(BudgetAccount account, long limit, long amount) {
		return new Demand(account, BudgetSpan.TOTAL, limit, 0, 0, amount, 0, 0, true);
	}

	static Admission reserve(RedisBudgetStore store, String id, Demand... demands) {
		return reserve(store, id, Duration.ofMinutes(2), demands);
	}

	static Admission reserve(RedisBudgetStore store, String id, Duration expiry, Demand... demands) {
		Instant now = now();
		return store.reserve(new Reservation(id, now, now.plus(expiry), ANY_LENGTH, Arrays.asList(demands)));
	}

	static boolean admitted(RedisBudgetStore store, String id, Demand... demands) {
		return reserve(store, id, demands) instanceof Admission.Admitted;
	}

	static List<Settled> settle(RedisBudgetStore store, String id, Demand demand, long amount) {
		return store.settle(id, now(), List.of(new Spend(demand.account(), demand.span(), demand.limit(), amount)));
	}

	static BudgetState state(RedisBudgetStore store, BudgetAccount account) {
		return Objects.requireNonNull(store.state(account, BudgetSpan.TOTAL, now()));
	}

}
