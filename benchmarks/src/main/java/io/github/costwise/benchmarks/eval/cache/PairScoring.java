package io.github.costwise.benchmarks.eval.cache;

import java.util.List;
import java.util.Set;

import io.github.costwise.cache.verify.Assessment;
import io.github.costwise.cache.verify.CacheQuestion;
import io.github.costwise.cache.verify.EvidenceGroups;
import io.github.costwise.cache.verify.HitDecision.Decline;
import io.github.costwise.cache.verify.LearningGroup;
import io.github.costwise.cache.verify.NearEntry;
import io.github.costwise.cache.verify.TextFeatures;
import io.github.costwise.model.CacheVector;
import io.github.costwise.spi.TextEncoder;

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

	private final EvidenceGroups evidence;

	/**
	 * Creates a scoring.
	 * @param verifier judges
	 * @param encoder gives the vectors
	 */
	public PairScoring(LearningGroup verifier, TextEncoder encoder) {
		this.verifier = verifier;
		this.encoder = encoder;
		this.evidence = new EvidenceGroups(encoder);
	}

	/**
	 * Learns from a pair as from a miss.
	 * @param pair the pair
	 */
	public void learn(TextPair pair) {
		if (isCompared(pair) && this.verifier.decide(question(pair)) instanceof Decline ask) {
			this.verifier.learn(ask, NEW, (rival) -> pair.same());
		}
	}

	/**
	 * Judges a pair.
	 * @param pair the pair
	 * @return how safe sharing is
	 */
	public Assessment assess(TextPair pair) {
		return isCompared(pair) ? this.verifier.assess(question(pair)) : new Assessment(0, false, Set.of());
	}

	private boolean isCompared(TextPair pair) {
		String group = this.evidence.of(pair.asked());
		return group != null && group.equals(this.evidence.of(pair.stored()));
	}

	private CacheQuestion question(TextPair pair) {
		float[] one = this.encoder.encode(pair.stored());
		float[] other = this.encoder.encode(pair.asked());
		double cosine = CacheVector.of(one).cosine(CacheVector.unit(other));
		NearEntry candidate = new NearEntry("stored", STORED, cosine, TextFeatures.of(pair.stored()));
		return new CacheQuestion(TextFeatures.of(pair.asked()), List.of(candidate));
	}

}
