package io.github.costwise.benchmarks.eval;

import java.util.List;
import java.util.Map;

import io.github.costwise.benchmarks.eval.cache.EvaluatedStore;
import io.github.costwise.benchmarks.eval.cache.IsolationEvaluation;

/** Looks for hits across the partitions of the response cache. */
final class IsolationCommand implements EvalCommand {

	private static final int ENTRIES = 100_000;

	@Override
	public String name() {
		return "isolation";
	}

	@Override
	public List<Option> options() {
		return List.of(CacheStores.OPTION, Option.SEED);
	}

	@Override
	public Map<String, Object> run(Options options, Progress progress) {
		try (EvaluatedStore store = CacheStores.open(options, ENTRIES)) {
			return new IsolationEvaluation(store, options.seed(), progress::say).run();
		}
	}

}
