package io.github.costwise.cache.policy;

/**
 * How much the response cache may do for a policy.
 *
 * @since 0.1.0
 */
public enum CacheMode {

	/** Nothing. */
	OFF,

	/** Count what it would have answered and saved, and answer nothing. */
	OBSERVE,

	/** Answer. */
	ENFORCE

}
