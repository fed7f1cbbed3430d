package io.github.costwise.benchmarks.eval.budgets;

import java.time.Instant;
import java.util.List;
import java.util.Random;

import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.spi.BudgetStore.Demand;
import io.github.costwise.spi.BudgetStore.OutputRange;

/**
 * Budgets of all, of tenants by the hour and of users that are used up before the load
 * ends. Thread-safe.
 */
final class LoadLimits {

	static final OutputRange RANGE = new OutputRange(200, 16_384, 16_384, 50, true);

	private static final long PER_TOKEN = 10_000;

	private static final long USUAL_NANOS = 84_000_000;

	private static final long LEAST_LIMIT = 2_000_000_000;

	private static final int TENANTS = 20;

	private static final int USERS = 1_000;

	private final long all;

	private final long tenant;

	private final long user;

	LoadLimits(int operations) {
		this.all = limit(operations * 7L / 10);
		this.tenant = limit(operations * 8L / 10 / TENANTS);
		this.user = limit(operations * 9L / 10 / USERS);
	}

	private static long limit(long calls) {
		return Math.max(LEAST_LIMIT, calls * USUAL_NANOS);
	}

	List<Demand> demands(Instant now, Random random) {
		long fixed = 1_000_000L + random.nextInt(1_000_000);
		String tenant = "tenant " + random.nextInt(TENANTS);
		String user = "user " + random.nextInt(USERS);
		return List.of(demand(new BudgetAccount("all", ""), BudgetSpan.TOTAL, this.all, fixed),
				demand(new BudgetAccount("tenant", tenant), LoadClock.hour(now), this.tenant, fixed),
				demand(new BudgetAccount("user", user), BudgetSpan.TOTAL, this.user, fixed));
	}

	private static Demand demand(BudgetAccount account, BudgetSpan span, long limit, long fixed) {
		return new Demand(account, span, limit, 0, 0, fixed, PER_TOKEN, fixed, true);
	}

}
