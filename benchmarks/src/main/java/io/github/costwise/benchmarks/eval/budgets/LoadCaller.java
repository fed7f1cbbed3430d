package io.github.costwise.benchmarks.eval.budgets;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;

import org.HdrHistogram.Histogram;

import io.github.costwise.spi.BudgetStore;
import io.github.costwise.spi.BudgetStore.Admission;
import io.github.costwise.spi.BudgetStore.Demand;
import io.github.costwise.spi.BudgetStore.Reservation;
import io.github.costwise.spi.BudgetStore.Spend;

/**
 * A thread with some calls in flight. Each call is counted by a budget of all, one of its
 * tenant for the hour and one of its user. Not thread-safe.
 */
final class LoadCaller implements Callable<Void> {

	private static final Duration EXPIRY = Duration.ofSeconds(30);

	private static final int IN_FLIGHT = 8;

	/** The store is asked for what has expired once in so many calls. */
	private static final int BETWEEN_TICKS = 5_000;

	private final BudgetStore store;

	private final Shared shared;

	private final LoadBooks books;

	private final LoadClock clock;

	private final int number;

	private final int calls;

	private final Random random;

	private final Histogram reserves = new Histogram(3);

	private final Histogram adds = new Histogram(3);

	private final Histogram settles = new Histogram(3);

	private final Deque<LoadCall> open = new ArrayDeque<>();

	private final List<LoadCall> forgotten = new ArrayList<>();

	private long admitted;

	private long refused;

	private long overruns;

	private long expired;

	LoadCaller(BudgetStore store, Shared shared, int number, int calls, long seed) {
		this.store = store;
		this.shared = shared;
		this.books = shared.books();
		this.clock = shared.clock();
		this.number = number;
		this.calls = calls;
		this.random = new Random(seed);
	}

	@Override
	public Void call() {
		for (int i = 0; i < this.calls; i++) {
			add();
			reserve(this.number + "-" + i);
			if (this.open.size() >= IN_FLIGHT) {
				end(this.open.removeFirst());
			}
			if (i % BETWEEN_TICKS == BETWEEN_TICKS - 1) {
				tick();
			}
		}
		while (!this.open.isEmpty()) {
			end(this.open.removeFirst());
		}
		tick();
		return null;
	}

	/** The least that threads can do to something they share. */
	private void add() {
		long start = System.nanoTime();
		this.shared.counter().incrementAndGet();
		this.adds.recordValue(System.nanoTime() - start);
	}

	private void reserve(String id) {
		Instant now = this.clock.next(this.random);
		Reservation reservation = new Reservation(id, now, this.clock.now().plus(EXPIRY), LoadLimits.RANGE,
				this.shared.limits().demands(now, this.random));
		this.books.live().add(id);
		long start = System.nanoTime();
		Admission admission = this.store.reserve(reservation);
		this.reserves.recordValue(System.nanoTime() - start);
		if (admission instanceof Admission.Admitted passed) {
			this.admitted++;
			LoadCall call = new LoadCall(reservation, passed.outputCap());
			for (Demand demand : call.demands()) {
				this.books.admitted(demand, call.held(demand));
			}
			this.open.addLast(call);
		}
		else {
			this.refused++;
			this.books.live().remove(id);
		}
	}

	/** Most are answered; some abort, are billed more than they held, or die. */
	private void end(LoadCall call) {
		this.books.live().remove(call.id());
		int kind = this.random.nextInt(100);
		if (kind < 5) {
			forget(call, kind == 0);
		}
		else if (kind < 15) {
			release(call);
		}
		else {
			boolean beyond = kind == 15;
			this.overruns += beyond ? 1 : 0;
			settle(call, beyond ? call.cap() + 1 + this.random.nextInt(1_000) : this.random.nextInt(call.cap() + 1));
		}
	}

	private void release(LoadCall call) {
		for (Demand demand : call.demands()) {
			this.books.reduced(demand, call.held(demand), 0);
		}
		this.store.release(call.id());
	}

	private void settle(LoadCall call, int output) {
		List<Spend> spends = new ArrayList<>(call.demands().size());
		for (Demand demand : call.demands()) {
			long spent = demand.amount(output);
			this.books.reduced(demand, call.held(demand), spent);
			this.books.spent(demand, spent);
			spends.add(new Spend(demand.account(), demand.span(), demand.limit(), spent));
		}
		long start = System.nanoTime();
		this.store.settle(call.id(), call.at(), spends);
		this.settles.recordValue(System.nanoTime() - start);
	}

	/** It expires, unless it is settled before; one that is not dead is settled late. */
	private void forget(LoadCall call, boolean dead) {
		for (Demand demand : call.demands()) {
			this.books.reduced(demand, call.held(demand), demand.onExpiry());
			if (dead) {
				this.books.spent(demand, demand.onExpiry());
			}
		}
		if (!dead) {
			this.forgotten.add(call);
		}
	}

	private void tick() {
		this.store.extend(this.books.live(), this.clock.now().plus(EXPIRY));
		this.expired += this.store.expire(this.clock.now()).size();
		for (LoadCall call : this.forgotten) {
			late(call);
		}
		this.forgotten.clear();
	}

	private void late(LoadCall call) {
		int output = this.random.nextInt(call.cap() + 1);
		List<Spend> spends = new ArrayList<>(call.demands().size());
		for (Demand demand : call.demands()) {
			long spent = demand.amount(output);
			this.books.spent(demand, spent);
			spends.add(new Spend(demand.account(), demand.span(), demand.limit(), spent));
		}
		this.store.settle(call.id(), call.at(), spends);
	}

	Histogram adds() {
		return this.adds;
	}

	long admitted() {
		return this.admitted;
	}

	long refused() {
		return this.refused;
	}

	long overruns() {
		return this.overruns;
	}

	long expired() {
		return this.expired;
	}

	Histogram reserves() {
		return this.reserves;
	}

	Histogram settles() {
		return this.settles;
	}

	/**
	 * What the callers share.
	 *
	 * @param books the books
	 * @param clock the clock
	 * @param limits the limits
	 * @param counter all add to it
	 */
	record Shared(LoadBooks books, LoadClock clock, LoadLimits limits, AtomicLong counter) {

	}

	/** A call in flight. */
	private record LoadCall(Reservation reservation, int cap) {

		private String id() {
			return this.reservation.id();
		}

		private Instant at() {
			return this.reservation.at();
		}

		private List<Demand> demands() {
			return this.reservation.demands();
		}

		private long held(Demand demand) {
			return demand.amount(this.cap);
		}

	}

}
