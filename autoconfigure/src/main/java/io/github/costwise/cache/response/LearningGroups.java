package io.github.costwise.cache.response;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

import org.jspecify.annotations.Nullable;

import io.github.costwise.cache.learning.LabelLog;
import io.github.costwise.cache.policy.SemanticRules;
import io.github.costwise.cache.verify.HitPrior;
import io.github.costwise.cache.verify.LearningGroup;
import io.github.costwise.cache.verify.VerifierSettings;

/**
 * The traffic that learns together: one group for each feature, profile, bound and
 * encoder. At most 1,000 features have a group of their own; the others share one.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class LearningGroups {

	private static final int MOST = 1_000;

	private static final String OTHER = "(other)";

	private static final int DIGEST_BYTES = 16;

	private final SecureRandom random = new SecureRandom();

	private final long instance = this.random.nextLong();

	private final Map<Key, Learner> learners = new ConcurrentHashMap<>();

	private final LabelLog log;

	private final CacheTasks tasks;

	private final @Nullable HitPrior prior;

	/**
	 * Creates an instance that has learnt nothing.
	 * @param log where labels are kept
	 * @param tasks runs what takes time
	 * @param prior what is believed before the first label, or {@code null} for nothing
	 */
	public LearningGroups(LabelLog log, CacheTasks tasks, @Nullable HitPrior prior) {
		this.log = log;
		this.tasks = tasks;
		this.prior = prior;
	}

	Learner of(@Nullable String feature, SemanticRules rules, String encoder) {
		Key key = new Key((feature != null) ? feature : "", rules.profile().name(), rules.maxErrorRate(), encoder);
		Learner present = this.learners.get(key);
		if (present == null) {
			Key bounded = (this.learners.size() < MOST) ? key : key.withFeature(OTHER);
			present = this.learners.computeIfAbsent(bounded, (missing) -> create(missing, rules));
		}
		present.sync();
		return present;
	}

	private Learner create(Key key, SemanticRules rules) {
		VerifierSettings settings = new VerifierSettings(rules.profile(), rules.maxErrorRate(), this.prior,
				this.random.nextLong());
		return new Learner(key.digest(), settings, this.log, this.tasks, this.instance);
	}

	/**
	 * Returns the groups that had traffic since start.
	 * @return groups by feature, profile and bound
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
		return this.learners.values().stream().mapToLong(Learner::lost).sum();
	}

	private record Key(String feature, String profile, double bound, String encoder) {

		Key withFeature(String other) {
			return new Key(other, this.profile, this.bound, this.encoder);
		}

		String describe() {
			return this.feature + " (" + this.profile + ", " + this.bound + ")";
		}

		String digest() {
			try {
				byte[] digest = MessageDigest.getInstance("SHA-256")
					.digest(String.join("\0", this.feature, this.profile, Double.toString(this.bound), this.encoder)
						.getBytes(StandardCharsets.UTF_8));
				return HexFormat.of().formatHex(Arrays.copyOf(digest, DIGEST_BYTES));
			}
			catch (NoSuchAlgorithmException ex) {
				throw new IllegalStateException("Every Java platform has SHA-256", ex);
			}
		}

	}

}
