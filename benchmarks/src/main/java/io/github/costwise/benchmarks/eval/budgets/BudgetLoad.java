package io.github.costwise.benchmarks.eval.budgets;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

import org.HdrHistogram.Histogram;

import io.github.costwise.spi.BudgetStore;

/**
 * Many threads that reserve, settle, abort, die and settle late, while the clock jumps.
 */
public final class BudgetLoad {

	private static final double NANOS_PER_MICRO = 1000;

	private final BudgetStore store;

	private final int operations;

	private final int threads;

	private final long seed;

	private final LoadBooks books = new LoadBooks();

	private final LoadClock clock;

	/**
	 * Creates a load.
	 * @param store an empty store
	 * @param operations how many calls to reserve
	 * @param threads from how many threads at the same time
	 * @param seed makes what each thread does the same again
	 */
	public BudgetLoad(BudgetStore store, int operations, int threads, long seed) {
		this.store = store;
		this.operations = operations;
		this.threads = threads;
		this.seed = seed;
		this.clock = new LoadClock(operations);
	}

	/**
	 * Does the work.
	 * @return the figures
	 * @throws Exception if the store throws
	 */
	public Map<String, Object> run() throws Exception {
		LoadCaller.Shared shared = new LoadCaller.Shared(this.books, this.clock, new LoadLimits(this.operations),
				new AtomicLong());
		List<LoadCaller> callers = new ArrayList<>();
		for (int i = 0; i < this.threads; i++) {
			int share = this.operations / this.threads + ((i < this.operations % this.threads) ? 1 : 0);
			callers.add(new LoadCaller(this.store, shared, i, share, this.seed + i));
		}
		ExecutorService executor = Executors.newFixedThreadPool(this.threads);
		try {
			for (Future<Void> one : executor.invokeAll(callers)) {
				one.get();
			}
		}
		finally {
			executor.shutdownNow();
		}
		return result(callers);
	}

	private Map<String, Object> result(List<LoadCaller> callers) {
		Instant end = this.clock.end();
		this.store.expire(end);
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("operations", this.operations);
		result.put("admitted", callers.stream().mapToLong(LoadCaller::admitted).sum());
		result.put("refused", callers.stream().mapToLong(LoadCaller::refused).sum());
		result.put("overshoots", this.books.overshoots());
		result.put("overruns", callers.stream().mapToLong(LoadCaller::overruns).sum());
		result.put("expired", callers.stream().mapToLong(LoadCaller::expired).sum());
		result.put("leakedHolds", this.books.held(this.store, end));
		result.put("ledgerDifferenceNanoUsd", this.books.difference(this.store, end));
		result.put("reserveMicros", micros(callers.stream().map(LoadCaller::reserves).toList()));
		result.put("settleMicros", micros(callers.stream().map(LoadCaller::settles).toList()));
		result.put("contendedAddMicros", micros(callers.stream().map(LoadCaller::adds).toList()));
		return result;
	}

	private static Map<String, Double> micros(List<Histogram> times) {
		Histogram all = new Histogram(3);
		times.forEach(all::add);
		Map<String, Double> micros = new LinkedHashMap<>();
		micros.put("p50", all.getValueAtPercentile(50) / NANOS_PER_MICRO);
		micros.put("p99", all.getValueAtPercentile(99) / NANOS_PER_MICRO);
		return micros;
	}

}
