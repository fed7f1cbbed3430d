package io.github.costwise.model;

import io.github.costwise.Tier;

/**
 * How likely each tier answers a request as well as the most capable tier would.
 * Estimates that a routing model gives rise with the tier.
 *
 * @param light for {@link Tier#LIGHT}, 0 to 1
 * @param standard for {@link Tier#STANDARD}, 0 to 1
 * @param premium for {@link Tier#PREMIUM}; 1, because it is compared with itself
 * @since 0.1.0
 */
public record TierProbabilities(double light, double standard, double premium) {

	/**
	 * Returns the probability of a tier.
	 * @param tier the tier, not {@link Tier#AUTO}
	 * @return 0 to 1
	 */
	public double of(Tier tier) {
		return switch (tier) {
			case LIGHT -> this.light;
			case STANDARD -> this.standard;
			case PREMIUM -> this.premium;
			case AUTO -> throw new IllegalArgumentException("AUTO is no tier to choose");
		};
	}

	/**
	 * Returns the cheapest tier that is good enough.
	 * @param target the probability to reach
	 * @return a tier, the most capable one when none reaches it
	 */
	public Tier cheapest(double target) {
		if (this.light >= target) {
			return Tier.LIGHT;
		}
		return (this.standard >= target) ? Tier.STANDARD : Tier.PREMIUM;
	}

}
