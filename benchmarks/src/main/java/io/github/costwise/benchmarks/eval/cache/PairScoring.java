package io.github.costwise.benchmarks.eval.cache;

import java.util.List;

import io.github.costwise.cache.verify.Assessment;
import io.github.costwise.cache.CacheVector;
import io.github.costwise.cache.verify.CacheQuestion;
import io.github.costwise.cache.verify.Candidate;
import io.github.costwise.cache.verify.HitDecision;
import io.github.costwise.cache.verify.HitDecision.Ask;
import io.github.costwise.cache.verify.LearningGroup;
import io.github.costwise.cache.verify.TextFeatures;
import io.github.costwise.encoding.TextEncoder;

/**
 * Judges pairs as if the first text was the only stored one.
 *
 * @since 0.1.0
 */
public final class PairScoring {

	private static final long STORED = 1;

	private static final long NEW = 2;

	private final LearningGroup verifier;

	private final TextEncoder encoder;

	/**
	 * Creates a scoring.
	 * @param verifier judges
	 * @param encoder gives the vectors
	 */
	public PairScoring(LearningGroup verifier, TextEncoder encoder) {
		this.verifier = verifier;
		this.encoder = encoder;
	}

	/**
	 * Learns from a pair as from a miss.
	 * @param pair the pair
	 */
	public void learn(TextPair pair) {
		HitDecision decision = this.verifier.decide(question(pair));
		if (decision instanceof Ask ask) {
			this.verifier.learn(ask, NEW, (rival) -> pair.same());
		}
	}

	/**
	 * Judges a pair.
	 * @param pair the pair
	 * @return how safe sharing is
	 */
	public Assessment assess(TextPair pair) {
		return this.verifier.assess(question(pair));
	}

	private CacheQuestion question(TextPair pair) {
		float[] one = this.encoder.encode(pair.stored());
		float[] other = this.encoder.encode(pair.asked());
		double cosine = CacheVector.of(one).cosine(CacheVector.unit(other));
		Candidate candidate = new Candidate("stored", STORED, cosine, TextFeatures.of(pair.stored()));
		return new CacheQuestion(TextFeatures.of(pair.asked()), List.of(candidate));
	}

}
