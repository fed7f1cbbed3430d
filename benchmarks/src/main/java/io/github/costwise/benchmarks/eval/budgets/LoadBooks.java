package io.github.costwise.benchmarks.eval.budgets;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetState;
import io.github.costwise.spi.BudgetStore;
import io.github.costwise.spi.BudgetStore.Demand;

/**
 * Books beside those of a store. What is open in a window is added after the store has
 * admitted a call and taken away before the store hears of its end, so that it is never
 * more than the store must know of: more than the limit proves an overshoot. What is
 * spent is compared in the end. Thread-safe.
 */
final class LoadBooks {

	private final Map<WindowKey, WindowBooks> windows = new ConcurrentHashMap<>();

	private final Set<String> live = ConcurrentHashMap.newKeySet();

	private final LongAdder overshoots = new LongAdder();

	/** The ids of the calls in flight whose process lives. */
	Set<String> live() {
		return this.live;
	}

	/** Records what a call holds that was admitted. */
	void admitted(Demand demand, long amount) {
		if (of(demand).open.addAndGet(amount) > demand.limit()) {
			this.overshoots.increment();
		}
	}

	/** Records that no more than an amount of what a call holds may be spent. */
	void reduced(Demand demand, long held, long left) {
		of(demand).open.addAndGet(Math.min(0, left - held));
	}

	void spent(Demand demand, long amount) {
		of(demand).spent.add(amount);
	}

	private WindowBooks of(Demand demand) {
		return this.windows.computeIfAbsent(new WindowKey(demand), (key) -> new WindowBooks());
	}

	long overshoots() {
		return this.overshoots.sum();
	}

	/** What the store has booked elsewhere, too much or too little, whatever the sign. */
	long difference(BudgetStore store, Instant now) {
		long difference = 0;
		for (Map.Entry<WindowKey, WindowBooks> one : this.windows.entrySet()) {
			Demand demand = one.getKey().demand;
			BudgetState state = store.state(demand.account(), demand.span(), now);
			long booked = (state != null) ? state.spent() : 0;
			difference += Math.abs(booked - one.getValue().spent.sum());
		}
		return difference;
	}

	/** How many holds the store has left in the windows that were used. */
	long held(BudgetStore store, Instant now) {
		long held = 0;
		for (WindowKey key : this.windows.keySet()) {
			BudgetState state = store.state(key.demand.account(), key.demand.span(), now);
			held += (state == null) ? 0 : Math.max(state.holds(), (state.held() != 0) ? 1 : 0);
		}
		return held;
	}

	private static final class WindowBooks {

		private final AtomicLong open = new AtomicLong();

		private final LongAdder spent = new LongAdder();

	}

	/** An account and a window. */
	private static final class WindowKey {

		private final Demand demand;

		private WindowKey(Demand demand) {
			this.demand = demand;
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof WindowKey that && account().equals(that.account()) && from().equals(that.from());
		}

		@Override
		public int hashCode() {
			return 31 * account().hashCode() + from().hashCode();
		}

		private BudgetAccount account() {
			return this.demand.account();
		}

		private Instant from() {
			return this.demand.span().from();
		}

	}

}
