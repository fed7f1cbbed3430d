package io.github.costwise.cache.response;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Tier;
import io.github.costwise.cache.Miss;
import io.github.costwise.cache.learning.BudgetedJudge;
import io.github.costwise.cache.learning.JudgeStats;
import io.github.costwise.cache.partition.CacheRequest;
import io.github.costwise.cache.partition.PartitionedQuestion;
import io.github.costwise.cache.policy.CacheMode;
import io.github.costwise.cache.policy.CachePolicy;
import io.github.costwise.cache.policy.SemanticRules;
import io.github.costwise.cache.verify.CacheQuestion;
import io.github.costwise.cache.verify.ConversationContext;
import io.github.costwise.cache.verify.EvidenceGroups;
import io.github.costwise.cache.verify.HitDecision;
import io.github.costwise.cache.verify.NearEntry;
import io.github.costwise.cache.verify.TextFeatures;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.Neighbour;
import io.github.costwise.spi.ResponseCacheStore;
import io.github.costwise.spi.TextEncoder;

/**
 * Finds answers to similar questions. Thread-safe.
 *
 * @since 0.1.0
 */
public final class SemanticTier {

	private static final int HEX = 16;

	private volatile ResponseCacheStore store;

	private final Encoder encoder;

	private final EvidenceGroups evidence;

	private final LearningGroups groups;

	private final BudgetedJudge judge;

	private final Faults faults;

	private volatile @Nullable Removals removals;

	private volatile @Nullable ResponseCacheStore observed;

	/**
	 * Creates the tier.
	 * @param store keeps the entries
	 * @param encoder encodes the questions; it is started off the request path
	 * @param groups what was learnt
	 * @param judge compares answers
	 * @param tools runs what takes time, and reports what goes wrong
	 */
	public SemanticTier(ResponseCacheStore store, TextEncoder encoder, LearningGroups groups, BudgetedJudge judge,
			Tools tools) {
		this.store = store;
		this.encoder = new Encoder(encoder, tools.tasks());
		this.evidence = new EvidenceGroups(encoder);
		this.groups = groups;
		this.judge = judge;
		this.faults = tools.faults();
	}

	/**
	 * Takes what removes entries and tells which must not be served, the store as the
	 * cache uses it, and the store of turns that only observe.
	 */
	void use(Removals pending, ResponseCacheStore guarded, ResponseCacheStore observing) {
		this.store = guarded;
		this.removals = pending;
		this.observed = observing;
	}

	/** Returns the id of the encoder, or {@code null} while it starts. */
	@Nullable String encoderId() {
		return this.encoder.id();
	}

	BudgetedJudge judge() {
		return this.judge;
	}

	/**
	 * Returns what became of comparisons of answers.
	 * @return counts since start
	 */
	public JudgeStats judging() {
		return this.judge.stats();
	}

	/**
	 * Returns what was learnt.
	 * @return the learning groups
	 */
	public LearningGroups groups() {
		return this.groups;
	}

	SimilarFound find(PartitionedQuestion question, CacheRequest request, CachePolicy policy, SemanticRules rules) {
		Miss unfit = unfit(question, request, policy);
		if (unfit != null || question.encoder() == null) {
			return new SimilarFound.Skipped((unfit != null) ? unfit : Miss.ENCODER);
		}
		EncodedQuestion reading = read(question.question());
		if (reading == null || reading.vector() == null) {
			return new SimilarFound.Skipped((reading != null) ? Miss.LANGUAGE : Miss.ENCODER);
		}
		List<Neighbour> near = near(store(policy), question, reading.vector());
		if (near == null) {
			return new SimilarFound.Skipped(Miss.STORE);
		}
		GroupLearner learner = this.groups.of(request.owner().attribution().feature(), rules, question.encoder(),
				reading.group());
		return decide(question, near, new DecisionBasis(reading.vector(), learner), request.owner().tier());
	}

	/** Reads a question, or returns {@code null} when the encoder cannot be asked. */
	private @Nullable EncodedQuestion read(String question) {
		try {
			String group = this.evidence.of(question);
			return (group != null) ? new EncodedQuestion(group, this.encoder.encode(question)) : EncodedQuestion.NONE;
		}
		catch (Throwable ex) {
			this.faults.report(Faults.Kind.ENCODER, ex);
			return null;
		}
	}

	/**
	 * Returns who learns from a question that is not looked for.
	 * @return the learner, or {@code null} when nobody does, since the encoder cannot
	 * compare the question
	 */
	@Nullable GroupLearner learner(PartitionedQuestion question, CacheRequest request, SemanticRules rules) {
		String group = (question.encoder() != null) ? this.evidence.of(question.question()) : null;
		return (group != null && question.encoder() != null)
				? this.groups.of(request.owner().attribution().feature(), rules, question.encoder(), group) : null;
	}

	private ResponseCacheStore store(CachePolicy policy) {
		ResponseCacheStore observing = this.observed;
		return (observing != null && policy.mode() == CacheMode.OBSERVE) ? observing : this.store;
	}

	private @Nullable List<Neighbour> near(ResponseCacheStore from, PartitionedQuestion question, float[] vector) {
		try {
			List<Neighbour> near = from.nearest(question.key().partition(), vector, CacheQuestion.NEIGHBOURS);
			Removals pending = this.removals;
			return (pending == null) ? near
					: near.stream().filter((neighbour) -> !pending.concern(neighbour.entry())).toList();
		}
		catch (Throwable ex) {
			this.faults.report(Faults.Kind.CACHE, ex);
			return null;
		}
	}

	private static @Nullable Miss unfit(PartitionedQuestion question, CacheRequest request, CachePolicy policy) {
		if (!policy.shared() && !request.owner().identity().isSettled()) {
			return Miss.UNATTRIBUTED;
		}
		if (question.question().length() > policy.admission().maxQuestionLength()) {
			return Miss.LONG;
		}
		return (question.followUp() && ConversationContext.isAnaphoric(question.question())) ? Miss.FOLLOW_UP : null;
	}

	private static SimilarFound decide(PartitionedQuestion question, List<Neighbour> near, DecisionBasis basis,
			Tier tier) {
		List<NearEntry> candidates = new ArrayList<>(near.size());
		Map<String, Neighbour> byId = new HashMap<>();
		for (Neighbour neighbour : near) {
			CacheEntry entry = neighbour.entry();
			if (Tiers.satisfies(entry.answer().tier(), tier)
					&& EvidenceGroups.contains(basis.learner().language(), entry.question())) {
				byId.put(entry.id(), neighbour);
				candidates.add(new NearEntry(entry.id(), group(entry.group()), neighbour.cosine(),
						TextFeatures.of(entry.question())));
			}
		}
		TextFeatures text = TextFeatures.of(question.question());
		HitDecision decision = basis.learner().verifier().decide(new CacheQuestion(text, candidates));
		return new SimilarFound.Decided(decision, byId, basis);
	}

	static long group(String hex) {
		return Long.parseUnsignedLong(hex, HEX);
	}

	static String group(long number) {
		return String.format("%016x", number);
	}

	/**
	 * What every part of the cache needs.
	 *
	 * @param tasks runs what takes time
	 * @param faults told what goes wrong
	 * @param traffic takes the questions, or {@code null} to write none
	 * @since 0.1.0
	 */
	public record Tools(CacheTasks tasks, Faults faults, @Nullable TrafficFile traffic) {

		/**
		 * Creates tools that write no questions.
		 * @param tasks runs what takes time
		 * @param faults told what goes wrong
		 */
		public Tools(CacheTasks tasks, Faults faults) {
			this(tasks, faults, null);
		}

	}

	/**
	 * What the encoder made of a question.
	 *
	 * @param group the group whose evidence counts, empty for none
	 * @param vector its vector, or {@code null} when it must not be compared
	 */
	private record EncodedQuestion(String group, float @Nullable [] vector) {

		static final EncodedQuestion NONE = new EncodedQuestion("", null);

	}

	/** The request's vector, and who decides on it. */
	record DecisionBasis(float[] vector, GroupLearner learner) {

	}

	/** What was found. */
	sealed interface SimilarFound {

		/** Why nothing of it is served. */
		Miss miss();

		/** Similar questions were not looked for. */
		record Skipped(Miss miss) implements SimilarFound {

		}

		/** They were, and the verifier has decided. */
		record Decided(HitDecision decision, Map<String, Neighbour> neighbours,
				DecisionBasis basis) implements SimilarFound {

			@Override
			public Miss miss() {
				return (this.decision instanceof HitDecision.Decline ask) ? ask.reason() : Miss.NEW;
			}

			CacheEntry neighbour(NearEntry candidate) {
				return Objects.requireNonNull(this.neighbours.get(candidate.id())).entry();
			}

		}

	}

}
