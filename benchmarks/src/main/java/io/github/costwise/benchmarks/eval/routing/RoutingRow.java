package io.github.costwise.benchmarks.eval.routing;

import java.util.Map;

/**
 * A prompt and how models did on it.
 *
 * @param set the data set it belongs to
 * @param family the kind of task
 * @param prompt the prompt
 * @param scores how good each model's answer was, 0 to 1
 * @param answers the answers of some models
 * @since 0.1.0
 */
public record RoutingRow(String set, String family, String prompt, Map<String, Double> scores,
		Map<String, String> answers) {

	double score(String model) {
		return this.scores.getOrDefault(model, Double.NaN);
	}

	boolean has(String... models) {
		for (String model : models) {
			if (!this.scores.containsKey(model)) {
				return false;
			}
		}
		return true;
	}

	/**
	 * The source of the training data that this row belongs to or must not be mixed with.
	 */
	String source() {
		if (this.set.equals("llmrouter") && this.family.startsWith("mmlu")) {
			return "mmlu";
		}
		return switch (this.set) {
			case "gsm", "gsm8k", "crux", "math-l5" -> "zeroeval";
			default -> this.set;
		};
	}

}
