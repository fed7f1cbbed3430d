package io.github.costwise.benchmarks.eval;

import java.util.List;
import java.util.Map;

import io.github.costwise.benchmarks.eval.cache.EvaluatedStore;
import io.github.costwise.benchmarks.eval.cache.LookupEvaluation;

/** Times look-ups in a store of the response cache. */
final class LookupCommand implements EvalCommand {

	private static final int ENTRIES = 100_000;

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
		try (EvaluatedStore store = CacheStores.open(options, entries)) {
			return new LookupEvaluation(store, entries, options.seed(), progress::say).run();
		}
	}

}
