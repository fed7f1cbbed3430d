package io.github.costwise.benchmarks.eval.budgets;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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
		List<LoadCaller> callers = new ArrayList<>();
		for (int i = 0; i < this.threads; i++) {
			int share = this.operations / this.threads + ((i < this.operations % this.threads) ? 1 : 0);
			callers.add(new LoadCaller(this.store, this.books, this.clock, i, share, this.seed + i));
		}
		AtomicLong contended = new AtomicLong();
		List<ContendedAdds> adds = new ArrayList<>();
		for (LoadCaller caller : callers) {
			adds.add(new ContendedAdds(contended, caller.calls()));
		}
		ExecutorService executor = Executors.newFixedThreadPool(this.threads);
		try {
			all(executor, adds);
			all(executor, callers);
		}
		finally {
			executor.shutdownNow();
		}
		return result(callers, adds);
	}

	private static void all(ExecutorService executor, List<? extends Callable<Void>> work) throws Exception {
		for (Future<Void> one : executor.invokeAll(work)) {
			one.get();
		}
	}

	private Map<String, Object> result(List<LoadCaller> callers, List<ContendedAdds> adds) {
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
		result.put("contendedAddMicros", micros(adds.stream().map(ContendedAdds::times).toList()));
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

	/** The least that threads can do to something they share. */
	private static final class ContendedAdds implements Callable<Void> {

		private final Histogram times = new Histogram(3);

		private final AtomicLong shared;

		private final int count;

		private ContendedAdds(AtomicLong shared, int count) {
			this.shared = shared;
			this.count = count;
		}

		@Override
		public Void call() {
			for (int i = 0; i < this.count; i++) {
				long start = System.nanoTime();
				this.shared.incrementAndGet();
				this.times.recordValue(System.nanoTime() - start);
			}
			return null;
		}

		private Histogram times() {
			return this.times;
		}

	}

}
