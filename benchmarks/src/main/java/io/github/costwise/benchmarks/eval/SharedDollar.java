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
 * after 20 ms.
 */
final class SharedDollar {

	private static final String CLIENT = "client";

	private static final String BUDGET = "dollar";

	private static final String PRICE = "costwise.pricing.models[0].";

	private static final int CALLERS = 32;

	private static final int CALLS = 20;

	private static final long PAUSE_MILLIS = 20;

	private static final int AFFORDABLE = 50;

	private final UnhurriedModel model;

	SharedDollar(long seed) {
		this.model = new UnhurriedModel(seed);
	}

	Map<String, Object> run() throws Exception {
		try (ManagedContext context = ManagedContext.start(properties(),
				(beans) -> ManagedContext.addClient(beans, CLIENT, () -> this.model))) {
			int passed = passed(context.client(CLIENT));
			BudgetState state = context.bean(Budgets.class)
				.store()
				.states(BUDGET, context.bean(Time.class).now(), 1)
				.get(0);
			Map<String, Object> result = new LinkedHashMap<>();
			result.put("affordable", AFFORDABLE);
			result.put("passedRejecting", passed);
			result.put("dollarAnswersCut", this.model.cut());
			result.put("dollarBilledNanoUsd", this.model.billedNanos());
			result.put("dollarSpentNanoUsd", state.spent());
			result.put("dollarHeldNanoUsd", state.held());
			return result;
		}
	}

	private static Map<String, Object> properties() {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put(PRICE + "provider", "openai");
		properties.put(PRICE + "model", UnhurriedModel.NAME);
		properties.put(PRICE + "input", "1");
		properties.put(PRICE + "output", "19");
		properties.put("costwise.budgets.limits." + BUDGET + ".limit", "1 USD");
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
