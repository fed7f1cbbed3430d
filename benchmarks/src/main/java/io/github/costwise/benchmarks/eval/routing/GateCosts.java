package io.github.costwise.benchmarks.eval.routing;

/**
 * What calls cost, as shares of a call to the capable model.
 *
 * @param cheap a call to the cheap model
 * @param second a call to the second cheap model
 * @since 0.1.0
 */
public record GateCosts(double cheap, double second) {

	/**
	 * Creates costs.
	 * @throws IllegalArgumentException if one is negative or not finite
	 */
	public GateCosts {
		if (!(cheap >= 0 && second >= 0 && Double.isFinite(cheap + second))) {
			throw new IllegalArgumentException("Costs must not be negative");
		}
	}

	/**
	 * Returns what a request costs.
	 * @param zone what was done with it
	 * @param escalated whether its cheap answer was replaced
	 * @return a share of the cost of a call to the capable model
	 */
	public double of(GateZone zone, boolean escalated) {
		return switch (zone) {
			case PLAIN -> this.cheap;
			case GATED -> this.cheap + this.second + (escalated ? 1 : 0);
			case STRONG -> 1;
		};
	}

}
