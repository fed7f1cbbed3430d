package io.github.costwise.benchmarks.eval.routing;

/**
 * When to ask a gate and when to believe it. Immutable and thread-safe.
 *
 * @param plainUpTo difficulty of a request up to which the cheap answer is given as it is
 * @param gatedUpTo difficulty up to which the gate is asked; above, the capable model is
 * asked at once
 * @param escalateAbove what the capable model must be expected to gain, for the cheap
 * answer to be replaced, -1 to 1
 * @since 0.1.0
 */
public record GatePolicy(double plainUpTo, double gatedUpTo, double escalateAbove) {

	/**
	 * Returns what to do with a request.
	 * @param difficulty its difficulty, as the router scores it
	 * @return the zone
	 */
	public GateZone zone(double difficulty) {
		if (difficulty <= this.plainUpTo) {
			return GateZone.PLAIN;
		}
		return (difficulty <= this.gatedUpTo) ? GateZone.GATED : GateZone.STRONG;
	}

	/**
	 * Returns whether to replace a cheap answer.
	 * @param gain what the capable model is expected to gain
	 * @return whether to ask it
	 */
	public boolean escalate(double gain) {
		return gain > this.escalateAbove;
	}

}
