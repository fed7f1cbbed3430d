package io.github.costwise.cache.policy;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.cache.verify.VerifierProfile;

/**
 * How answers to similar questions are shared. Immutable.
 *
 * @param profile how careful the verifier is
 * @param maxErrorRate the most wrong hits per request, above 0 and up to .2
 * @param repeatShare share of exact hits that are asked anyway, to measure how often
 * equal answers are judged to differ; 0 to .1
 * @since 0.1.0
 */
public record SemanticRules(VerifierProfile profile, double maxErrorRate, double repeatShare) {

	private static final double MOST_ERRORS = .2;

	private static final double MOST_REPEATS = .1;

	/**
	 * Checks the values.
	 * @throws CostwiseConfigurationException if a value is out of its range
	 */
	public SemanticRules {
		if (!(maxErrorRate > 0 && maxErrorRate <= MOST_ERRORS)) {
			throw new CostwiseConfigurationException("The cache's 'semantic.max-error-rate' is " + maxErrorRate + ".",
					"Set it above 0 and up to 0.2; 0.01 allows one wrong answer in a hundred requests.");
		}
		if (!(repeatShare >= 0 && repeatShare <= MOST_REPEATS)) {
			throw new CostwiseConfigurationException("The cache's 'semantic.repeat-share' is " + repeatShare + ".",
					"Set it to a share from 0 to 0.1.");
		}
	}

	/**
	 * Returns the defaults: the default profile, one wrong hit in a hundred requests,
	 * nothing asked twice.
	 * @return the defaults
	 */
	public static SemanticRules defaults() {
		return new SemanticRules(VerifierProfile.DEFAULT, .01, 0);
	}

}
