package io.github.costwise.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.BudgetState;
import io.github.costwise.spi.BudgetStore.Admission;
import io.github.costwise.spi.BudgetStore.Demand;
import io.github.costwise.spi.BudgetStore.OutputRange;
import io.github.costwise.spi.BudgetStore.Reservation;
import io.github.costwise.spi.BudgetStore.Spend;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Does random things to a {@link BudgetStore}, and the same to plain sums.
 */
final class BudgetStoreContractModel {

	private static final int OWNERS = 5;

	private static final long LIMIT = 10_000;

	private static final OutputRange RANGE = new OutputRange(10, 200, 150, 3, true);

	private final BudgetStore store;

	private final Random random;

	private final long seed;

	private final Map<List<Object>, Sums> sums = new HashMap<>();

	private final Map<String, Call> open = new LinkedHashMap<>();

	private final Map<String, Call> expired = new LinkedHashMap<>();

	private Instant base = BudgetStoreContractCalls.NOON;

	private Instant now = this.base;

	private int ids;

	private int admitted;

	private int refused;

	BudgetStoreContractModel(BudgetStore store, long seed) {
		this.store = store;
		this.seed = seed;
		this.random = new Random(seed);
	}

	void run(int operations) {
		for (int i = 0; i < operations; i++) {
			tick();
			switch (this.random.nextInt(10)) {
				case 0, 1, 2, 3 -> reserve();
				case 4, 5, 6 -> settle(this.open);
				case 7 -> release();
				case 8 -> settle(this.expired);
				default -> seldom();
			}
		}
		finish();
	}

	/** The clock goes on, and sometimes ahead or back for a moment. */
	private void tick() {
		this.base = this.base.plusSeconds(this.random.nextInt(4));
		int jump = (this.random.nextInt(50) == 0) ? this.random.nextInt(180) - 60 : 0;
		this.now = this.base.plus(Duration.ofMinutes(jump));
	}

	private void reserve() {
		Call call = new Call("call " + this.ids++, this.now, demands());
		Admission admission = this.store
			.reserve(new Reservation(call.id, this.now, this.now.plusSeconds(120), RANGE, call.demands));
		int cap = cap(call);
		if (admission instanceof Admission.Admitted passed) {
			assertThat(passed.outputCap()).as(this::about).isEqualTo(cap);
			this.admitted++;
			hold(call, cap);
			this.open.put(call.id, call);
		}
		else {
			assertThat(cap).as(this::about).isEqualTo(-1);
			this.refused++;
		}
		check(call);
	}

	private List<Demand> demands() {
		List<Demand> demands = new ArrayList<>();
		BudgetSpan hour = BudgetStoreContractCalls.hour(this.now);
		String owner = "owner " + this.random.nextInt(OWNERS);
		long fixed = this.random.nextInt(50);
		demands.add(new Demand(new BudgetAccount("hour", owner), hour, LIMIT, 0, 0, fixed, 1, fixed, true));
		demands.add(new Demand(BudgetStoreContractCalls.ALL, hour, 3 * LIMIT, 0, 100, fixed, 1, fixed, true));
		if (this.random.nextBoolean()) {
			demands.add(new Demand(new BudgetAccount("total", owner), BudgetSpan.TOTAL, LIMIT, 0, 0, 1, 0, Demand.WHOLE,
					true));
		}
		return demands;
	}

	/** What would be admitted, or -1. */
	private int cap(Call call) {
		int cap = RANGE.most();
		for (Demand demand : call.demands) {
			long free = demand.limit() + sums(demand).raised - sums(demand).spent - sums(demand).held - demand.kept();
			if (demand.amount(RANGE.least()) > free) {
				return -1;
			}
			cap = Math.min(cap, RANGE.within(demand, RANGE.least(), free));
		}
		return cap;
	}

	private void hold(Call call, int cap) {
		call.cap = cap;
		call.expires = this.now.plusSeconds(120);
		for (Demand demand : call.demands) {
			Sums sums = sums(demand);
			sums.held += demand.amount(cap);
			long limit = demand.limit() + sums.raised - demand.kept();
			assertThat(sums.spent + sums.held).as(this::about).isLessThanOrEqualTo(limit);
		}
	}

	private void settle(Map<String, Call> calls) {
		Call call = any(calls);
		if (call != null) {
			int output = this.random.nextInt((this.random.nextInt(20) == 0) ? 2 * RANGE.most() : call.cap + 1);
			List<Spend> spends = new ArrayList<>();
			for (Demand demand : call.demands) {
				spends.add(new Spend(demand.account(), demand.span(), demand.limit(), demand.amount(output)));
			}
			end(calls, call, output);
			int repeats = 1 + this.random.nextInt(2);
			for (int i = 0; i < repeats; i++) {
				this.store.settle(call.id, call.at, spends);
			}
			check(call);
		}
	}

	private void end(Map<String, Call> calls, Call call, int output) {
		boolean late = calls == this.expired;
		for (Demand demand : call.demands) {
			Sums sums = sums(demand);
			sums.held -= late ? 0 : demand.amount(call.cap);
			sums.spent += ((output < 0) ? 0 : demand.amount(output)) - (late ? onExpiry(demand, call) : 0);
		}
		calls.remove(call.id);
	}

	private void release() {
		Map<String, Call> calls = (this.random.nextInt(5) == 0) ? this.expired : this.open;
		Call call = any(calls);
		if (call != null) {
			this.store.release(call.id);
			end(calls, call, -1);
			check(call);
		}
	}

	private void seldom() {
		switch (this.random.nextInt(4)) {
			case 0 -> expire();
			case 1 -> raise();
			default -> extend();
		}
	}

	private void expire() {
		List<Call> due = this.open.values().stream().filter((call) -> !call.expires.isAfter(this.now)).toList();
		assertThat(this.store.expire(this.now)).as(this::about)
			.containsExactlyInAnyOrderElementsOf(due.stream().map((call) -> call.id).toList());
		for (Call call : due) {
			for (Demand demand : call.demands) {
				sums(demand).held -= demand.amount(call.cap);
				sums(demand).spent += onExpiry(demand, call);
			}
			this.open.remove(call.id);
			this.expired.put(call.id, call);
		}
		due.forEach(this::check);
	}

	private static long onExpiry(Demand demand, Call call) {
		return (demand.onExpiry() == Demand.WHOLE) ? demand.amount(call.cap) : demand.onExpiry();
	}

	private void extend() {
		Call call = any(this.open);
		if (call != null) {
			call.expires = this.now.plusSeconds(120);
			this.store.extend(List.of(call.id), call.expires);
		}
	}

	private void raise() {
		Call call = any(this.open);
		if (call != null) {
			Demand demand = call.demands.get(this.random.nextInt(call.demands.size()));
			int more = this.random.nextInt(100);
			int spent = this.random.nextInt(20) - 10;
			if (this.store.state(demand.account(), demand.span(), this.now) != null) {
				this.store.adjust(demand.account(), demand.span(), this.now, more, spent);
				sums(demand).raised += more;
				sums(demand).spent += spent;
			}
			check(call);
		}
	}

	private Call any(Map<String, Call> calls) {
		int place = calls.isEmpty() ? 0 : this.random.nextInt(Math.min(20, calls.size()));
		return calls.values().stream().skip(place).findFirst().orElse(null);
	}

	private Sums sums(Demand demand) {
		return this.sums.computeIfAbsent(List.of(demand.account(), demand.span().from()), (key) -> new Sums());
	}

	private void check(Call call) {
		for (Demand demand : call.demands) {
			BudgetState state = this.store.state(demand.account(), demand.span(), this.now);
			if (state != null) {
				assertThat(state.spent()).as(this::about).isEqualTo(sums(demand).spent);
				assertThat(state.held()).as(this::about).isEqualTo(sums(demand).held);
			}
		}
	}

	private void finish() {
		for (Call call : List.copyOf(this.open.values())) {
			this.store.release(call.id);
			end(this.open, call, -1);
			check(call);
		}
		for (String budget : List.of("hour", "all", "total")) {
			for (BudgetState state : this.store.states(budget, this.now, Integer.MAX_VALUE)) {
				assertThat(state.held()).as(this::about).isZero();
				assertThat(state.holds()).as(this::about).isZero();
			}
		}
		assertThat(this.admitted).as(this::about).isGreaterThan(this.ids / 20);
		assertThat(this.refused).as(this::about).isPositive();
	}

	private String about() {
		return "with seed " + this.seed + ", call " + this.ids;
	}

	private static final class Sums {

		private long spent;

		private long held;

		private long raised;

	}

	private static final class Call {

		private final String id;

		private final Instant at;

		private final List<Demand> demands;

		private Instant expires = Instant.MAX;

		private int cap;

		private Call(String id, Instant at, List<Demand> demands) {
			this.id = id;
			this.at = at;
			this.demands = demands;
		}

	}

}
