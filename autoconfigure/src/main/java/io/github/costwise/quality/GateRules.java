package io.github.costwise.quality;

import org.jspecify.annotations.Nullable;

/**
 * What a policy says of the quality gate. Immutable and thread-safe.
 *
 * @param mode how much the gate may do
 * @param plainAbove how likely a cheap answer must be good for no second opinion to be
 * asked, 0 to 1
 * @param second name of the target that gives the second opinion, or {@code null} for
 * none
 * @param buffersStreams whether streams are held back until they are judged
 * @since 0.1.0
 */
public record GateRules(GateMode mode, double plainAbove, @Nullable String second, boolean buffersStreams) {

	/** No gate. */
	public static final GateRules OFF = new GateRules(GateMode.OFF, 1, null, false);

	/**
	 * Creates rules.
	 * @throws IllegalArgumentException if the probability is out of its range
	 */
	public GateRules {
		if (!(plainAbove >= 0 && plainAbove <= 1)) {
			throw new IllegalArgumentException("A probability goes from 0 to 1");
		}
	}

	/** How much the gate may do. */
	public enum GateMode {

		/** Nothing. */
		OFF,

		/** Judge answers by their validity and count what it would have replaced. */
		OBSERVE,

		/** Replace answers that are not good enough. */
		ENFORCE

	}

}
