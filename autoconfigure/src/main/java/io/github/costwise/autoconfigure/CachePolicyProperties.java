package io.github.costwise.autoconfigure;

import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

import io.github.costwise.cache.policy.AdmissionRules;
import io.github.costwise.cache.policy.CacheMode;
import io.github.costwise.cache.policy.CachePolicy;
import io.github.costwise.cache.policy.Freshness;
import io.github.costwise.cache.policy.SemanticRules;
import io.github.costwise.cache.verify.VerifierProfile;

/**
 * What a policy says of the response cache, under {@code costwise.policies.<name>.cache}.
 *
 * @param mode how much it may do: 'off', 'observe' counts what it would have saved,
 * 'enforce' answers
 * @param shared whether users of one tenant share answers
 * @param tags labels by which its answers can be removed
 * @param ttl how long answers are kept
 * @param ttlJitter share of that time by which an answer may end earlier, at random
 * @param staleWhileRevalidate how long an answer is served after its time, while it is
 * being refreshed in the background
 * @param maxTemperature temperature above which nothing is cached
 * @param maxQuestionLength most characters of a question that is compared with similar
 * ones
 * @param maxAnswerLength most characters of a stored answer
 * @param allowedTools tools that may be offered and may have run; {@code *} for all
 * @param safeAdvisors names or class names of advisors that a hit may skip
 * @param liveWording whether questions about the present moment are kept out
 * @param personalWording whether questions about the asker's own data are kept out
 * @param acceptUnmarkedEnds whether answers are stored although the server did not mark
 * their end, for servers that never do; half an answer may then be taken for a whole one
 * @param semantic how answers to similar questions are shared
 * @since 0.1.0
 */
public record CachePolicyProperties(@DefaultValue("observe") CacheMode mode, @DefaultValue("false") boolean shared,
		@DefaultValue Set<String> tags, @DefaultValue("1d") Duration ttl, @DefaultValue("0.1") double ttlJitter,
		@DefaultValue("0s") Duration staleWhileRevalidate, @DefaultValue("1") double maxTemperature,
		@DefaultValue("1000") int maxQuestionLength, @DefaultValue("50000") int maxAnswerLength,
		@DefaultValue Set<String> allowedTools, @DefaultValue Set<String> safeAdvisors,
		@DefaultValue("true") boolean liveWording, @DefaultValue("true") boolean personalWording,
		@DefaultValue("false") boolean acceptUnmarkedEnds, @DefaultValue Semantic semantic) {

	CachePolicy toPolicy() {
		AdmissionRules admission = new AdmissionRules(this.maxTemperature, this.maxQuestionLength, this.maxAnswerLength,
				this.allowedTools, this.safeAdvisors, this.liveWording, this.personalWording, this.acceptUnmarkedEnds);
		return new CachePolicy(this.mode, this.shared, this.tags,
				new Freshness(this.ttl, this.ttlJitter, this.staleWhileRevalidate), admission, this.semantic.toRules());
	}

	/**
	 * How answers to similar questions are shared.
	 *
	 * @param enabled whether they are
	 * @param profile 'default', 'strict', 'intent', or 'static:' and a cosine
	 * @param maxErrorRate most wrong hits per request
	 * @param repeatShare share of exact hits that are asked anyway, to measure how often
	 * equal answers are judged to differ
	 * @since 0.1.0
	 */
	public record Semantic(@DefaultValue("false") boolean enabled, @DefaultValue("default") String profile,
			@DefaultValue("0.01") double maxErrorRate, @DefaultValue("0") double repeatShare) {

		@Nullable SemanticRules toRules() {
			SemanticRules rules = new SemanticRules(VerifierProfile.of(this.profile), this.maxErrorRate,
					this.repeatShare);
			return this.enabled ? rules : null;
		}

	}

}
