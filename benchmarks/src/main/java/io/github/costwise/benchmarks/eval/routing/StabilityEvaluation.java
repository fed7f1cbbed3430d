package io.github.costwise.benchmarks.eval.routing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.costwise.model.RoutingRequest;
import io.github.costwise.routing.RoutingModel;
import io.github.costwise.spi.ModelRouter;

/**
 * Measures how often two wordings of one request go to the same tier.
 *
 * @since 0.1.0
 */
public final class StabilityEvaluation {

	private final TextVectors vectors;

	/**
	 * Creates an evaluation.
	 * @param vectors encodes texts
	 */
	public StabilityEvaluation(TextVectors vectors) {
		this.vectors = vectors;
	}

	/**
	 * Runs the evaluation with the model that comes with Costwise.
	 * @param pairs pairs of wordings
	 * @return keys and values of the result
	 */
	public Map<String, Object> run(List<List<String>> pairs) {
		ModelRouter router = DecisionTimer.router(RoutingModel.shipped());
		List<String> texts = new ArrayList<>();
		pairs.forEach(texts::addAll);
		float[][] encoded = this.vectors.encode(texts);
		Map<String, Integer> tiers = new TreeMap<>();
		int same = 0;
		for (int i = 0; i < encoded.length; i += 2) {
			String first = router.route(RoutingRequest.of(texts.get(i), encoded[i])).tier();
			String second = router.route(RoutingRequest.of(texts.get(i + 1), encoded[i + 1])).tier();
			same += first.equals(second) ? 1 : 0;
			tiers.merge(first, 1, Integer::sum);
			tiers.merge(second, 1, Integer::sum);
		}
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("n", pairs.size());
		result.put("sameTier", same / (double) pairs.size());
		result.put("tiers", tiers);
		return result;
	}

}
