package io.github.costwise.benchmarks.eval.cache;

import org.jspecify.annotations.Nullable;

import io.github.costwise.cache.verify.HitPrior;
import io.github.costwise.cache.verify.VerifierProfile;

/**
 * How a stream is run.
 *
 * @param delta the most wrong hits per request
 * @param profile how the cache decides
 * @param prior what it believes at first
 * @param order in which order the requests come
 * @param drift which share of the answers is replaced at half
 * @param different which share of equal answers is judged to differ
 * @param equal which share of different answers is judged to be equal
 * @param tenants among how many tenants the requests are dealt out
 * @param neighbours how many neighbours the cache is given
 * @since 0.1.0
 */
public record StreamSettings(double delta, VerifierProfile profile, @Nullable HitPrior prior, ArrivalOrder order,
		double drift, double different, double equal, int tenants, int neighbours) {

	boolean isNoisy() {
		return this.different > 0 || this.equal > 0;
	}

	/**
	 * In which order requests come.
	 *
	 * @since 0.1.0
	 */
	public enum ArrivalOrder {

		/** At random. */
		SHUFFLED,

		/** As they stand in the file. */
		FILE,

		/** A quarter of the answers after another, at random within each. */
		PHASES

	}

}
