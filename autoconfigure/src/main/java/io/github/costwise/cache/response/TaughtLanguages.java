package io.github.costwise.cache.response;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import io.github.costwise.cache.verify.EvidenceGroups;

/**
 * Teaches each group of languages its own rows. A group that has learnt already is
 * ignored, and so is a row that the encoder cannot compare. Not thread-safe.
 */
final class TaughtLanguages {

	private final EvidenceGroups evidence;

	private final Function<String, GroupLearner> learners;

	private final Map<String, Optional<TrafficReplay>> taught = new HashMap<>();

	private long rows;

	TaughtLanguages(EvidenceGroups evidence, Function<String, GroupLearner> learners) {
		this.evidence = evidence;
		this.learners = learners;
	}

	void teach(String text, String answer, float[] vector) {
		String group = this.evidence.of(text);
		if (group != null) {
			this.taught.computeIfAbsent(group, this::begin).ifPresent((traffic) -> {
				traffic.teach(text, answer, vector);
				this.rows++;
			});
		}
	}

	private Optional<TrafficReplay> begin(String group) {
		GroupLearner learner = this.learners.apply(group);
		learner.read();
		return (learner.group().state().labels() > 0) ? Optional.empty() : Optional.of(new TrafficReplay(learner));
	}

	/** How many rows were taught. */
	long taught() {
		return this.rows;
	}

}
