package io.github.costwise.benchmarks.eval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatResponse;

import io.github.costwise.BudgetExceededException;
import io.github.costwise.budget.Budgets;
import io.github.costwise.model.BudgetState;
import io.github.costwise.time.Time;

/**
 * 32 callers with 20 calls each share a budget of one US dollar. A call costs about two
 * cents and nobody says how long its answer may be; a caller that is refused goes on
 * after 20 ms. Once callers are refused when calls in flight hold what is left, and once
 * they wait.
 */
final class SharedDollar {

	private static final String CLIENT = "client";

	private static final String BUDGET = "dollar";

	private static final String LIMIT = "costwise.budgets.limits." + BUDGET + ".";

	private static final String PRICE = "costwise.pricing.models[0].";

	private static final int CALLERS = 32;

	private static final int CALLS = 20;

	private static final long PAUSE_MILLIS = 20;

	private static final int AFFORDABLE = 50;

	private final long seed;

	SharedDollar(long seed) {
		this.seed = seed;
	}

	Map<String, Object> run() throws Exception {
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("affordable", AFFORDABLE);
		run(result, "dollar", "passedRejecting", Map.of());
		run(result, "queued", "passedQueueing", Map.of(LIMIT + "max-wait", "60s"));
		return result;
	}

	private void run(Map<String, Object> result, String prefix, String name, Map<String, Object> settings)
			throws Exception {
		UnhurriedModel model = new UnhurriedModel(this.seed);
		Map<String, Object> properties = properties();
		properties.putAll(settings);
		try (ManagedContext context = ManagedContext.start(properties,
				(beans) -> ManagedContext.addClient(beans, CLIENT, () -> model))) {
			result.put(name, passed(context.client(CLIENT)));
			BudgetState state = context.bean(Budgets.class)
				.store()
				.states(BUDGET, context.bean(Time.class).now(), 1)
				.get(0);
			result.put(prefix + "AnswersCut", model.cut());
			result.put(prefix + "BilledNanoUsd", model.billedNanos());
			result.put(prefix + "SpentNanoUsd", state.spent());
			result.put(prefix + "HeldNanoUsd", state.held());
		}
	}

	private static Map<String, Object> properties() {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put(PRICE + "provider", "openai");
		properties.put(PRICE + "model", UnhurriedModel.NAME);
		properties.put(PRICE + "input", "1");
		properties.put(PRICE + "output", "19");
		properties.put(LIMIT + "limit", "1 USD");
		properties.put("costwise.budgets.output.longest." + UnhurriedModel.NAME, "16384");
		return properties;
	}

	/** How many answers came whole. */
	private static int passed(ChatClient client) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(CALLERS);
		try {
			List<Callable<Integer>> callers = new ArrayList<>();
			for (int i = 0; i < CALLERS; i++) {
				int caller = i;
				callers.add(() -> passed(client, caller));
			}
			int passed = 0;
			for (Future<Integer> one : executor.invokeAll(callers)) {
				passed += one.get();
			}
			return passed;
		}
		finally {
			executor.shutdownNow();
		}
	}

	private static int passed(ChatClient client, int caller) throws InterruptedException {
		int passed = 0;
		for (int i = 0; i < CALLS; i++) {
			try {
				ChatResponse response = client.prompt(UnhurriedModel.question(caller * CALLS + i))
					.call()
					.chatResponse();
				passed += UnhurriedModel.isWhole(response) ? 1 : 0;
			}
			catch (BudgetExceededException ex) {
				TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
			}
		}
		return passed;
	}

}
