package io.github.costwise.benchmarks.eval;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.github.costwise.benchmarks.eval.cache.PairScores;
import io.github.costwise.benchmarks.eval.cache.PairScoring;
import io.github.costwise.benchmarks.eval.cache.TextPair;
import io.github.costwise.cache.verify.LearningGroup;
import io.github.costwise.cache.verify.VerifierProfile;
import io.github.costwise.cache.verify.VerifierSettings;
import io.github.costwise.spi.TextEncoder;

/** Counts which pairs of texts would share an answer. */
final class PairsCommand implements EvalCommand {

	private final TextEncoder encoder;

	PairsCommand(TextEncoder encoder) {
		this.encoder = encoder;
	}

	@Override
	public String name() {
		return "pairs";
	}

	@Override
	public List<Option> options() {
		return List.of(new Option("input", "F", true), new Option("profile", "default|strict|intent|static:T", false),
				new Option("labels", "N", false), new Option("prior", "shipped|none", false), Option.SEED);
	}

	@Override
	public Map<String, Object> run(Options options, Progress progress) {
		VerifierProfile profile = CacheOptions.profile("profile", options.text("profile", "default"));
		LearningGroup verifier = new LearningGroup(
				new VerifierSettings(profile, CacheOptions.DELTA, CacheOptions.prior(options), options.seed()),
				(record) -> {
				});
		int labels = options.text("labels", "0").equals("0") ? 0 : options.count("labels", 1);
		List<TextPair> pairs = new ArrayList<>(CacheOptions.pairs(options.file("input")));
		if (labels >= pairs.size()) {
			throw new UsageException("--labels leaves none of the " + pairs.size() + " pairs to judge");
		}
		if (labels > 0) {
			Collections.shuffle(pairs, new Random(options.seed()));
		}
		PairScoring scoring = new PairScoring(verifier, this.encoder);
		pairs.subList(0, labels).forEach(scoring::learn);
		progress.say("learnt from " + labels + " pairs");
		PairScores scores = new PairScores();
		pairs.subList(labels, pairs.size()).forEach((pair) -> scores.add(pair, scoring.assess(pair)));
		return scores.toResult();
	}

}
