package io.github.costwise.cache.policy;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What a policy says of the response cache. Immutable.
 *
 * @param mode how much it may do
 * @param shared whether users of one tenant share answers
 * @param tags labels by which its answers can be removed
 * @param freshness how long answers are kept
 * @param admission which turns may use it
 * @param semantic how answers to similar questions are shared, or {@code null} when only
 * equal questions share them
 * @since 0.1.0
 */
public record CachePolicy(CacheMode mode, boolean shared, Set<String> tags, Freshness freshness,
		AdmissionRules admission, @Nullable SemanticRules semantic) {

	/** Nothing is looked up, stored or counted. */
	public static final CachePolicy OFF = new CachePolicy(CacheMode.OFF, false, Set.of(), Freshness.defaults(),
			AdmissionRules.defaults(), null);

	/** What holds without configuration: exact repeats are counted. */
	public static final CachePolicy OBSERVE = OFF.with(CacheMode.OBSERVE);

	/**
	 * Copies the tags.
	 */
	public CachePolicy {
		tags = Set.copyOf(tags);
	}

	/**
	 * Returns this policy in another mode.
	 * @param other the mode
	 * @return the policy
	 */
	public CachePolicy with(CacheMode other) {
		return new CachePolicy(other, this.shared, this.tags, this.freshness, this.admission, this.semantic);
	}

}
