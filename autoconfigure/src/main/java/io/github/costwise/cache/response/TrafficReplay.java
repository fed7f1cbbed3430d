package io.github.costwise.cache.response;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.costwise.Money;
import io.github.costwise.Tier;
import io.github.costwise.cache.memory.InMemoryResponseCacheStore;
import io.github.costwise.cache.memory.MemoryStoreSettings;
import io.github.costwise.cache.verify.CacheQuestion;
import io.github.costwise.cache.verify.ConversationContext;
import io.github.costwise.cache.verify.HitDecision;
import io.github.costwise.cache.verify.LearningGroup;
import io.github.costwise.cache.verify.NearEntry;
import io.github.costwise.cache.verify.Placement;
import io.github.costwise.cache.verify.TextFeatures;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.model.CacheKey;
import io.github.costwise.model.CacheVector;
import io.github.costwise.model.CachedAnswer;
import io.github.costwise.model.Neighbour;
import io.github.costwise.model.RecordedAnswer;
import io.github.costwise.model.TokenUsage;

/**
 * Teaches a learning group questions whose answers are known, one after another: each is
 * compared with its neighbours among those before it. A text that comes again teaches
 * nothing, as the exact tier would answer it. Not thread-safe.
 */
final class TrafficReplay {

	private static final String PARTITION = ConversationContext.digest(List.of("traffic"));

	/** The time stands still, so that nothing of the file ends. */
	private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

	private static final Instant END = Instant.EPOCH.plusSeconds(1);

	private final InMemoryResponseCacheStore store = new InMemoryResponseCacheStore(MemoryStoreSettings.defaults(),
			CLOCK);

	private final Map<String, String> answers = new HashMap<>();

	private final LearningGroup group;

	TrafficReplay(GroupLearner learner) {
		this.group = learner.group();
	}

	void teach(String text, String answer, float[] vector) {
		String id = new CacheKey(PARTITION, ConversationContext.digest(List.of(text))).id();
		if (this.answers.putIfAbsent(id, answer) == null) {
			CacheQuestion question = new CacheQuestion(TextFeatures.of(text), near(vector));
			HitDecision decision = this.group.decide(question);
			Placement placement = this.group.learn(AnswerComparer.asked(decision),
					SemanticTier.group(CacheEntry.groupOf(id)), (rival) -> answer.equals(this.answers.get(rival.id())));
			placement.outdated()
				.forEach((outdated) -> this.store.evict(CacheEviction.group(SemanticTier.group(outdated))));
			this.store.put(entry(id, SemanticTier.group(placement.group()), text, vector));
		}
	}

	private List<NearEntry> near(float[] vector) {
		return this.store.nearest(PARTITION, vector, CacheQuestion.NEIGHBOURS)
			.stream()
			.map(TrafficReplay::candidate)
			.toList();
	}

	private static NearEntry candidate(Neighbour neighbour) {
		CacheEntry entry = neighbour.entry();
		return new NearEntry(entry.id(), SemanticTier.group(entry.group()), neighbour.cosine(),
				TextFeatures.of(entry.question()));
	}

	private static CacheEntry entry(String id, String group, String text, float[] vector) {
		CachedAnswer answer = new CachedAnswer(RecordedAnswer.of(""), "", Tier.AUTO, TokenUsage.NONE, Money.ZERO);
		return new CacheEntry(id, PARTITION, group, text, CacheVector.of(vector), answer, Set.of(), Instant.EPOCH, END);
	}

}
