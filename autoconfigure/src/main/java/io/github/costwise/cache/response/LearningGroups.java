package io.github.costwise.cache.response;

import java.security.SecureRandom;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.costwise.cache.policy.SemanticRules;
import io.github.costwise.cache.verify.EvidenceGroups;
import io.github.costwise.cache.verify.HitPrior;
import io.github.costwise.cache.verify.LearningGroup;
import io.github.costwise.cache.verify.TextFeatures;
import io.github.costwise.cache.verify.VerifierSettings;
import io.github.costwise.encoding.TextLanguage;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.model.CacheLabel;
import io.github.costwise.spi.EntryListing;
import io.github.costwise.spi.LabelLog;
import io.github.costwise.spi.ResponseCacheStore;
import io.github.costwise.text.Sha256;

/**
 * The traffic that learns together: one group for each feature, profile, bound, encoder
 * and group of languages. At most 1,000 have a group of their own; further features share
 * one. Thread-safe.
 *
 * @since 0.1.0
 */
public final class LearningGroups {

	private static final int MOST = 1_000;

	/** Each reads the whole store once. */
	private static final int MOST_OBSERVING = 50;

	private static final int MOST_OBSERVED = 20_000;

	private static final String OTHER = "(other)";

	private static final int DIGEST_BYTES = 16;

	private final SecureRandom random = new SecureRandom();

	private final Map<GroupKey, GroupLearner> learners = new ConcurrentHashMap<>();

	private final GroupLearner.LearningTools around;

	private final @Nullable HitPrior prior;

	private final ResponseCacheStore store;

	private volatile Consumer<CacheEviction> evictions;

	/**
	 * Creates an instance that has learnt nothing.
	 * @param log where labels are kept
	 * @param tasks runs what takes time
	 * @param prior what is believed before the first label about English texts, the only
	 * ones that it was learnt from, or {@code null} for nothing
	 * @param store keeps the entries; those whose answer another instance found to have
	 * changed are removed from it, and an {@link EntryListing} tells which words are rare
	 */
	public LearningGroups(LabelLog log, CacheTasks tasks, @Nullable HitPrior prior, ResponseCacheStore store) {
		this.around = new GroupLearner.LearningTools(log, tasks, this.random.nextLong(),
				(group) -> this.evictions.accept(CacheEviction.group(SemanticTier.group(group))));
		this.evictions = store::evict;
		this.prior = prior;
		this.store = store;
	}

	/** Takes what removes entries in place of the store. */
	void evictBy(Consumer<CacheEviction> removal) {
		this.evictions = removal;
	}

	GroupLearner of(@Nullable String feature, SemanticRules rules, String encoder, String language) {
		GroupKey key = new GroupKey((feature != null) ? feature : "", rules.profile().name(), rules.maxErrorRate(),
				encoder, language);
		GroupLearner present = this.learners.get(key);
		if (present == null) {
			GroupKey bounded = (this.learners.size() < MOST) ? key : key.withFeature(OTHER);
			present = this.learners.computeIfAbsent(bounded, (missing) -> create(missing, feature, rules));
		}
		present.sync();
		return present;
	}

	private GroupLearner create(GroupKey key, @Nullable String feature, SemanticRules rules) {
		VerifierSettings settings = new VerifierSettings(rules.profile(), rules.maxErrorRate(),
				key.isEnglish() ? this.prior : null, this.random.nextLong());
		GroupLearner learner = new GroupLearner(key.digest(), key.language(), settings, this.around);
		if (this.store instanceof EntryListing entries && this.learners.size() < MOST_OBSERVING) {
			this.around.tasks().run(() -> observe(entries, feature, learner));
		}
		return learner;
	}

	/**
	 * Tells a learner the words of stored questions. Entries without a feature cannot be
	 * distinguished from others, so that whoever has none observes all.
	 */
	private static void observe(EntryListing entries, @Nullable String feature, GroupLearner learner) {
		CacheLabel label = (feature != null) ? CacheLabel.feature(feature) : null;
		AtomicInteger observed = new AtomicInteger();
		entries.forEach((entry) -> {
			if (entry.vector() != null && (label == null || entry.labels().contains(label))
					&& observed.get() < MOST_OBSERVED
					&& EvidenceGroups.contains(learner.language(), entry.question())) {
				observed.incrementAndGet();
				learner.group().observe(TextFeatures.of(entry.question()));
			}
		});
	}

	/**
	 * Returns the groups that had traffic since start.
	 * @return groups by feature, profile, bound and, unless that is English, language
	 */
	public Map<String, LearningGroup> groups() {
		Map<String, LearningGroup> groups = new ConcurrentSkipListMap<>();
		this.learners.forEach((key, learner) -> groups.put(key.describe(), learner.group()));
		return Collections.unmodifiableMap(groups);
	}

	/**
	 * Returns how many labels were given up because the log could not take them.
	 * @return the count since start
	 */
	public long lostLabels() {
		return this.learners.values().stream().mapToLong(GroupLearner::lost).sum();
	}

	private record GroupKey(String feature, String profile, double bound, String encoder, String language) {

		GroupKey withFeature(String other) {
			return new GroupKey(other, this.profile, this.bound, this.encoder, this.language);
		}

		boolean isEnglish() {
			return this.language.equals(TextLanguage.ENGLISH);
		}

		String describe() {
			return this.feature + " (" + this.profile + ", " + this.bound + (isEnglish() ? "" : ", " + this.language)
					+ ")";
		}

		String digest() {
			return Sha256.of(String.join("\0", this.feature, this.profile, Double.toString(this.bound), this.encoder,
					this.language), DIGEST_BYTES);
		}

	}

}
