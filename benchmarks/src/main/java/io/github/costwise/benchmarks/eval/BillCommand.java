package io.github.costwise.benchmarks.eval;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.github.costwise.benchmarks.eval.BillTurn.Mishap;
import io.github.costwise.benchmarks.provider.BilledCall;
import io.github.costwise.benchmarks.provider.BilledCall.BilledEnding;
import io.github.costwise.benchmarks.provider.BillingProvider;
import io.github.costwise.benchmarks.provider.Extras;
import io.github.costwise.benchmarks.provider.ServedCall;
import io.github.costwise.model.CallRecord;
import io.github.costwise.spi.UsageLedger;

/**
 * Compares the ledger with the bill that a simulated provider keeps on its own, over
 * random turns through real clients.
 */
final class BillCommand implements EvalCommand {

	private static final int THREADS = 8;

	private static final Duration SETTLING = Duration.ofSeconds(10);

	@Override
	public String name() {
		return "bill";
	}

	@Override
	public List<Option> options() {
		return List.of(new Option("turns", "N", false), Option.SEED);
	}

	@Override
	public Map<String, Object> run(Options options, Progress progress) throws Exception {
		int count = options.count("turns", 1000);
		List<BillTurn> turns = IntStream.rangeClosed(1, count)
			.mapToObj((number) -> BillScript.draw(options.seed(), number))
			.toList();
		Instant start = Instant.now();
		try (BillingProvider provider = new BillingProvider();
				ManagedContext context = ManagedContext.start(settings(turns),
						(beans) -> BillClients.register(beans, provider.server()))) {
			turns.forEach((turn) -> provider.expect(turn.model(), turn.calls()));
			List<@Nullable RuntimeException> failures = take(turns, new BillClients(context), progress);
			provider.awaitEnd();
			Map<String, List<ServedCall>> served = turns.stream()
				.collect(Collectors.toMap(BillTurn::model, (turn) -> provider.served(turn.model())));
			Map<String, List<CallRecord>> records = recordsByTurn(context.bean(UsageLedger.class), start, served);
			Map<String, Object> result = result(turns, served, records);
			result.put("unexpectedFailures", unexpected(turns, served, failures, progress));
			result.put("unexpectedRequests", provider.unexpectedRequests());
			return result;
		}
	}

	private static List<@Nullable RuntimeException> take(List<BillTurn> turns, BillClients clients, Progress progress)
			throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		try {
			List<Future<@Nullable RuntimeException>> endings = new ArrayList<>();
			turns.forEach((turn) -> endings.add(threads.submit(() -> clients.take(turn))));
			List<@Nullable RuntimeException> failures = new ArrayList<>();
			for (Future<@Nullable RuntimeException> ending : endings) {
				failures.add(ending.get());
				if (failures.size() % 250 == 0) {
					progress.say(failures.size() + " of " + turns.size() + " turns");
				}
			}
			return failures;
		}
		finally {
			threads.shutdownNow();
		}
	}

	/** Counts turns that failed without a reason, and that did not fail with one. */
	private static int unexpected(List<BillTurn> turns, Map<String, List<ServedCall>> served,
			List<@Nullable RuntimeException> failures, Progress progress) {
		int count = 0;
		for (int i = 0; i < turns.size(); i++) {
			BillTurn turn = turns.get(i);
			RuntimeException failure = failures.get(i);
			if ((failure != null) != mustFail(turn, served.getOrDefault(turn.model(), List.of()))) {
				count++;
				progress.say(turn.model() + " " + turn.api() + " " + turn.mishap() + " ended with " + failure);
			}
		}
		return count;
	}

	private static boolean mustFail(BillTurn turn, List<ServedCall> served) {
		BilledEnding last = served.isEmpty() ? BilledEnding.REFUSED : served.get(served.size() - 1).ending();
		return last == BilledEnding.REFUSED || (last == BilledEnding.BROKEN_OFF && turn.mishap() != Mishap.ABORT);
	}

	/**
	 * Returns the ledger's records by turn, once it has all that it should, or once it
	 * had time enough to.
	 */
	private static Map<String, List<CallRecord>> recordsByTurn(UsageLedger ledger, Instant start,
			Map<String, List<ServedCall>> served) throws InterruptedException {
		int expected = served.values().stream().mapToInt(List::size).sum();
		await(() -> read(ledger, start).size() >= expected);
		return read(ledger, start).stream()
			.collect(Collectors.groupingBy(CallRecord::turnId))
			.values()
			.stream()
			.collect(Collectors.toMap((calls) -> askedFor(calls, served), Function.identity()));
	}

	/** The rounds of other models were not asked for. */
	private static String askedFor(List<CallRecord> calls, Map<String, List<ServedCall>> served) {
		return calls.stream()
			.map((call) -> call.target().requestedModel())
			.filter(served::containsKey)
			.findFirst()
			.orElseThrow();
	}

	private static List<CallRecord> read(UsageLedger ledger, Instant start) {
		List<CallRecord> records = new ArrayList<>();
		ledger.forEachCall(start, Instant.now().plusSeconds(1), records::add);
		return records;
	}

	private static void await(BooleanSupplier condition) throws InterruptedException {
		long deadline = System.nanoTime() + SETTLING.toNanos();
		while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
			Thread.sleep(50);
		}
	}

	private static Map<String, Object> result(List<BillTurn> turns, Map<String, List<ServedCall>> served,
			Map<String, List<CallRecord>> records) {
		BillComparison comparison = new BillComparison();
		turns.forEach((turn) -> comparison.compare(turn, served.getOrDefault(turn.model(), List.of()),
				records.getOrDefault(turn.model(), List.of())));
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("turns", turns.size());
		result.putAll(comparison.toResult());
		result.put("byExtra",
				turns.stream()
					.flatMap((turn) -> turn.calls().stream())
					.map((call) -> call.extras().kind())
					.filter((kind) -> kind != Extras.ExtraKind.NONE)
					.collect(Collectors.groupingBy((kind) -> kind.name().toLowerCase(Locale.ROOT), TreeMap::new,
							Collectors.counting())));
		result.put("byFault", turns.stream()
			.filter((turn) -> turn.mishap() != Mishap.NONE)
			.collect(Collectors.groupingBy((turn) -> turn.mishap().key(), TreeMap::new, Collectors.counting())));
		return result;
	}

	private static Map<String, Object> settings(List<BillTurn> turns) {
		Map<String, Object> settings = Overrides.openAiOnLoopback();
		settings.put("costwise.ledger.memory.recent-turns", turns.size());
		settings.put("costwise.ledger.memory.recent-calls",
				turns.stream().mapToInt((turn) -> 2 * turn.calls().size()).sum());
		int index = 0;
		for (BillTurn turn : turns) {
			String provider = turn.api().provider();
			Overrides.add(settings, index++, provider, turn.model(), turn.calls().get(0).rates());
			for (BilledCall call : turn.calls()) {
				Overrides.add(settings, index++, provider, call);
				if (call.extras().otherNanos() >= 0) {
					Overrides.add(settings, index++, provider, call.otherModel(), call.extras().rates());
				}
			}
		}
		return settings;
	}

}
