package io.github.costwise.benchmarks.eval;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
			Map<String, Object> result = new IsolationEvaluation(store, options.seed(), progress::say).run();
			progress.say("asking for several tenants through managed clients");
			add(result, new OwnerIsolation(store).run());
			return result;
		}
	}

	private static void add(Map<String, Object> result, Map<String, Object> more) {
		more.forEach((key, value) -> result.merge(key, value, IsolationCommand::sum));
	}

	private static Object sum(Object one, Object other) {
		if (one instanceof Integer number && other instanceof Integer more) {
			return number + more;
		}
		Map<Object, Object> all = new TreeMap<>((Map<?, ?>) one);
		all.putAll((Map<?, ?>) other);
		return all;
	}

}
