package io.github.costwise.benchmarks.eval;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.costwise.benchmarks.provider.BilledCall;
import io.github.costwise.benchmarks.provider.Extras;
import io.github.costwise.benchmarks.provider.ProviderRates;

/** Settings by which an application states prices and providers of its own. */
final class Overrides {

	private Overrides() {
	}

	/**
	 * Says that OpenAI is behind the loopback server.
	 * @return the settings, to be added to
	 */
	static Map<String, Object> openAiOnLoopback() {
		return new LinkedHashMap<>(Map.of("costwise.accounting.providers.[127.0.0.1]", "openai"));
	}

	/**
	 * States the prices of models.
	 * @param settings the settings to add to
	 * @param index which price of the application's this is, from 0
	 * @param provider who sells the models
	 * @param call a call of the model, with what else is billed
	 */
	static void add(Map<String, Object> settings, int index, String provider, BilledCall call) {
		add(settings, index, provider, call.model(), call.rates());
		String row = "costwise.pricing.models[" + index + "].";
		settings.put(row + "web-search", Extras.SEARCH_FEE);
		if (call.extras().kind() == Extras.ExtraKind.CLASS && call.extras().rates() != null) {
			settings.put(row + "tiers[0].service", "priority");
			put(settings, row + "tiers[0].", call.extras().rates());
		}
	}

	/**
	 * States the prices of models.
	 * @param settings the settings to add to
	 * @param index which price of the application's this is, from 0
	 * @param provider who sells the models
	 * @param model the model
	 * @param rates its prices
	 */
	static void add(Map<String, Object> settings, int index, String provider, String model, ProviderRates rates) {
		String row = "costwise.pricing.models[" + index + "].";
		settings.put(row + "provider", provider);
		settings.put(row + "model", model);
		put(settings, row, rates);
	}

	private static void put(Map<String, Object> settings, String row, ProviderRates rates) {
		settings.put(row + "input", rates.input());
		settings.put(row + "output", rates.output());
		settings.put(row + "cache-read", rates.cacheRead());
		settings.put(row + "cache-write", rates.cacheWrite5m());
		settings.put(row + "cache-write-one-hour", rates.cacheWrite1h());
	}

}
