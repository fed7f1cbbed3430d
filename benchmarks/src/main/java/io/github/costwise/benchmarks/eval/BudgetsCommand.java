package io.github.costwise.benchmarks.eval;

import java.util.List;
import java.util.Map;

import io.github.costwise.benchmarks.eval.budgets.BudgetLoad;
import io.github.costwise.budget.memory.MemoryBudgetStore;

/**
 * Does random things to a store of budgets from many threads, and lets many callers share
 * a budget that is enough for few of them.
 */
final class BudgetsCommand implements EvalCommand {

	private static final int MOST_WARM_UP = 200_000;

	@Override
	public String name() {
		return "budgets";
	}

	@Override
	public List<Option> options() {
		return List.of(new Option("store", "memory", false), new Option("operations", "N", false),
				new Option("threads", "T", false), Option.SEED);
	}

	@Override
	public Map<String, Object> run(Options options, Progress progress) throws Exception {
		String store = options.text("store", "memory");
		if (!store.equals("memory")) {
			throw new UsageException("--store: unknown store " + store);
		}
		int operations = options.count("operations", 100_000);
		int threads = options.count("threads", 8);
		progress.say("warming up");
		new BudgetLoad(new MemoryBudgetStore(), Math.min(operations, MOST_WARM_UP), threads, options.seed() + 1).run();
		progress.say("reserving and settling " + operations + " times with " + threads + " threads");
		Map<String, Object> result = new BudgetLoad(new MemoryBudgetStore(), operations, threads, options.seed()).run();
		progress.say("sharing one US dollar among 32 callers");
		result.putAll(new SharedDollar(options.seed()).run());
		return result;
	}

}
