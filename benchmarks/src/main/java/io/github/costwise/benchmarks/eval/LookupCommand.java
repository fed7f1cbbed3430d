package io.github.costwise.benchmarks.eval;

import java.util.List;
import java.util.Map;

import io.github.costwise.benchmarks.eval.Blocks.Block;
import io.github.costwise.benchmarks.eval.cache.EvaluatedStore;
import io.github.costwise.benchmarks.eval.cache.ExactHits;
import io.github.costwise.benchmarks.eval.cache.LookupEvaluation;

/** Times look-ups in a store of the response cache. */
final class LookupCommand implements EvalCommand {

	private static final int ENTRIES = 100_000;

	/** So that the entries of the exact tier push nothing out. */
	private static final int EXACT_ENTRIES = 1_000;

	private static final int BLOCK = 1_000;

	/** For a store across a network. */
	private static final int SLOW_BLOCK = 50;

	private static final long SLOW_NANOS = 200_000;

	private static final int WARM_UP = 150;

	private static final int ROUNDS = 100;

	private static final double NANOS_PER_MICRO = 1000;

	@Override
	public String name() {
		return "lookup";
	}

	@Override
	public List<Option> options() {
		return List.of(new Option("entries", "N", false), CacheStores.OPTION, Option.SEED);
	}

	@Override
	public Map<String, Object> run(Options options, Progress progress) {
		int entries = options.count("entries", ENTRIES);
		try (EvaluatedStore store = CacheStores.open(options, entries + EXACT_ENTRIES)) {
			Map<String, Object> result = new LookupEvaluation(store, entries, options.seed(), progress::say).run();
			progress.say("asking again what was asked before");
			hits(store, result);
			return result;
		}
	}

	/** Equal requests are answered from a store that holds all the other entries too. */
	private static void hits(EvaluatedStore store, Map<String, Object> result) {
		try (ExactHits exact = new ExactHits(store.store()); WholeHits whole = new WholeHits()) {
			Blocks blocks = new Blocks(isFast(exact) ? BLOCK : SLOW_BLOCK);
			blocks.add("exactMicros", exact::ask);
			blocks.add("wholeHitMicros", whole::hit);
			blocks.add("bareMicros", whole::bare);
			blocks.run(WARM_UP, ROUNDS);
			for (String name : List.of("exactMicros", "wholeHitMicros")) {
				result.put(name, Map.of("p50", blocks.median(name, Block::p50) / NANOS_PER_MICRO, "p99",
						blocks.median(name, Block::p99) / NANOS_PER_MICRO));
			}
			result.put("bareMicros", Map.of("p50", blocks.median("bareMicros", Block::p50) / NANOS_PER_MICRO));
			result.put("exactBytesAllocated", Math.round(blocks.median("exactMicros", Block::bytes)));
			result.put("requestCharacters", ExactHits.REQUEST_CHARACTERS);
		}
	}

	private static boolean isFast(ExactHits exact) {
		long start = System.nanoTime();
		for (int i = 0; i < SLOW_BLOCK; i++) {
			exact.ask();
		}
		return System.nanoTime() - start < SLOW_BLOCK * SLOW_NANOS;
	}

}
