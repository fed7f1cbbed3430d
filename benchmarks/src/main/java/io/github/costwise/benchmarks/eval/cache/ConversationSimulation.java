package io.github.costwise.benchmarks.eval.cache;

import io.github.costwise.benchmarks.eval.cache.StreamResult.StreamOutcome;
import io.github.costwise.cache.verify.CacheQuestion;
import io.github.costwise.cache.verify.ConversationContext;
import io.github.costwise.cache.verify.EvidenceGroups;
import io.github.costwise.cache.verify.HitDecision;
import io.github.costwise.cache.verify.HitDecision.Accept;
import io.github.costwise.cache.verify.HitDecision.Decline;
import io.github.costwise.cache.verify.LearningGroup;
import io.github.costwise.cache.verify.Placement;
import io.github.costwise.encoding.TextLanguage;
import io.github.costwise.model.CacheKey;
import io.github.costwise.spi.TextEncoder;

/**
 * Turns of conversations through both tiers: the history is part of the partition, and a
 * last message that leans on it, or is not English, is not compared with similar ones.
 *
 * @since 0.1.0
 */
public final class ConversationSimulation {

	private final LearningGroup verifier;

	private final TextEncoder encoder;

	private final EvidenceGroups evidence;

	private final FilledStore tier = new FilledStore();

	/**
	 * Creates an empty cache.
	 * @param verifier decides
	 * @param encoder gives the vectors
	 */
	public ConversationSimulation(LearningGroup verifier, TextEncoder encoder) {
		this.verifier = verifier;
		this.encoder = encoder;
		this.evidence = new EvidenceGroups(encoder);
	}

	/**
	 * Takes a turn.
	 * @param turn the turn
	 * @return what became of it
	 */
	public StreamOutcome take(ConversationTurn turn) {
		CacheKey key = new CacheKey(ConversationContext.digest(turn.history()),
				SampleEntries.digest(ConversationContext.normalize(turn.text())));
		if (this.tier.has(key)) {
			return outcome(key.id(), turn);
		}
		if (!TextLanguage.ENGLISH.equals(this.evidence.of(turn.text()))
				|| (!turn.history().isEmpty() && ConversationContext.isAnaphoric(turn.text()))) {
			this.tier.put(key, turn.text(), null, FilledStore.newGroup(key), turn.answer());
			return StreamOutcome.MISS;
		}
		return compare(key, turn, this.encoder.encode(turn.text()));
	}

	private StreamOutcome compare(CacheKey key, ConversationTurn turn, float[] vector) {
		HitDecision decision = this.verifier
			.decide(this.tier.question(key.partition(), turn.text(), vector, CacheQuestion.NEIGHBOURS));
		if (decision instanceof Accept hit) {
			return outcome(hit.candidate().id(), turn);
		}
		Placement placement = this.verifier.learn((Decline) decision, FilledStore.newGroup(key),
				(rival) -> this.tier.isAnswerOf(rival.id(), turn.answer()));
		placement.outdated().forEach(this.tier::remove);
		this.tier.put(key, turn.text(), vector, placement.group(), turn.answer());
		return StreamOutcome.MISS;
	}

	private StreamOutcome outcome(String entry, ConversationTurn turn) {
		return this.tier.isAnswerOf(entry, turn.answer()) ? StreamOutcome.RIGHT : StreamOutcome.WRONG;
	}

}
