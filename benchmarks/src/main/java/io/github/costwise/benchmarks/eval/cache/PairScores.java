package io.github.costwise.benchmarks.eval.cache;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.costwise.cache.verify.Assessment;

/**
 * How many labelled pairs would have shared an answer. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class PairScores {

	private static final double[] FALSE_HIT_RATES = { .02, .05 };

	private final List<ScoredPair> all = new ArrayList<>();

	/**
	 * Adds a pair.
	 * @param pair the pair
	 * @param assessment how safe sharing was held to be
	 */
	public void add(TextPair pair, Assessment assessment) {
		double score = assessment.guards().isEmpty() ? 1 + assessment.probability() : assessment.probability();
		this.all.add(new ScoredPair(pair, assessment.safe(), score));
	}

	/**
	 * Returns the rates.
	 * @return what the command prints
	 */
	public Map<String, Object> toResult() {
		Map<String, Object> result = rates(this.all);
		Map<String, Object> recalls = new LinkedHashMap<>();
		for (double rate : FALSE_HIT_RATES) {
			recalls.put(String.valueOf(rate), recallAt(rate));
		}
		result.put("recallAtFalseHitRate", recalls);
		Map<String, List<ScoredPair>> kinds = new TreeMap<>();
		this.all.forEach((pair) -> kinds.computeIfAbsent(pair.pair.kind(), (kind) -> new ArrayList<>()).add(pair));
		Map<String, Object> byKind = new TreeMap<>();
		kinds.forEach((kind, pairs) -> byKind.put(kind, rates(pairs)));
		result.put("byKind", byKind);
		return result;
	}

	private static Map<String, Object> rates(List<ScoredPair> pairs) {
		Map<String, Object> rates = new LinkedHashMap<>();
		rates.put("n", pairs.size());
		rates.put("recall", rate(pairs, true));
		rates.put("falseHitRate", rate(pairs, false));
		return rates;
	}

	private static double rate(List<ScoredPair> pairs, boolean same) {
		List<ScoredPair> alike = pairs.stream().filter((pair) -> pair.pair.same() == same).toList();
		return alike.isEmpty() ? 0 : alike.stream().filter(ScoredPair::hit).count() / (double) alike.size();
	}

	/** Equal scores stand or fall together. */
	private double recallAt(double rate) {
		List<ScoredPair> sorted = this.all.stream()
			.sorted(Comparator.comparingDouble((ScoredPair pair) -> -pair.score))
			.toList();
		double same = Math.max(1, sorted.stream().filter((pair) -> pair.pair.same()).count());
		double other = Math.max(1, sorted.size() - same);
		double right = 0;
		double wrong = 0;
		double best = 0;
		for (int i = 0; i < sorted.size(); i++) {
			right += sorted.get(i).pair.same() ? 1 : 0;
			wrong += sorted.get(i).pair.same() ? 0 : 1;
			boolean last = i + 1 == sorted.size() || sorted.get(i + 1).score < sorted.get(i).score;
			if (last && wrong <= rate * other) {
				best = right / same;
			}
		}
		return best;
	}

	/** A pair and what was decided. */
	private record ScoredPair(TextPair pair, boolean hit, double score) {

	}

}
