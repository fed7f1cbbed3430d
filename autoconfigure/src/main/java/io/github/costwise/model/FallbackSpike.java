package io.github.costwise.model;

import java.util.Map;

/**
 * Unusually many turns fell back. Immutable and thread-safe.
 *
 * @param share share of the turns in the window that fell back, from 0 to 1
 * @param turns how many turns the window holds
 * @param byTarget how many turns fell back from each target
 * @since 0.1.0
 */
public record FallbackSpike(double share, long turns, Map<String, Long> byTarget) implements CostEvent {

	/**
	 * Creates a spike.
	 */
	public FallbackSpike {
		byTarget = Map.copyOf(byTarget);
	}

}
