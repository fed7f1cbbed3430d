package io.github.costwise.benchmarks.eval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.costwise.benchmarks.eval.cache.ConversationSimulation;
import io.github.costwise.benchmarks.eval.cache.ConversationTurn;
import io.github.costwise.benchmarks.eval.cache.StreamResult.StreamOutcome;
import io.github.costwise.cache.verify.LearningGroup;
import io.github.costwise.cache.verify.VerifierProfile;
import io.github.costwise.cache.verify.VerifierSettings;
import io.github.costwise.spi.TextEncoder;

/** Runs conversations through both tiers of the cache. */
final class MultiTurnCommand implements EvalCommand {

	private final TextEncoder encoder;

	MultiTurnCommand(TextEncoder encoder) {
		this.encoder = encoder;
	}

	@Override
	public String name() {
		return "multiturn";
	}

	@Override
	public List<Option> options() {
		return List.of(new Option("input", "F", true), new Option("repeat", "N", false),
				new Option("prior", "shipped|none", false), Option.SEED);
	}

	@Override
	public Map<String, Object> run(Options options, Progress progress) {
		int repeat = options.count("repeat", 1);
		LearningGroup verifier = new LearningGroup(new VerifierSettings(VerifierProfile.DEFAULT, CacheOptions.DELTA,
				CacheOptions.prior(options), options.seed()), (record) -> {
				});
		List<ConversationTurn> turns = CacheOptions.turns(options.file("input"));
		ConversationSimulation simulation = new ConversationSimulation(verifier, this.encoder);
		List<StreamOutcome> outcomes = new ArrayList<>();
		for (int i = 0; i < repeat; i++) {
			turns.forEach((turn) -> outcomes.add(simulation.take(turn)));
			progress.say(outcomes.size() + " turns");
		}
		return result(outcomes);
	}

	private static Map<String, Object> result(List<StreamOutcome> outcomes) {
		double requests = outcomes.size();
		long wrong = outcomes.stream().filter((outcome) -> outcome == StreamOutcome.WRONG).count();
		long hits = wrong + outcomes.stream().filter((outcome) -> outcome == StreamOutcome.RIGHT).count();
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("requests", outcomes.size());
		result.put("hits", hits);
		result.put("wrongHits", wrong);
		result.put("hitRate", hits / requests);
		result.put("wrongRate", wrong / requests);
		return result;
	}

}
