package io.github.costwise;

import org.jspecify.annotations.Nullable;

/**
 * Limits on what one turn may use. A {@code null} means no limit. Immutable.
 *
 * @param maxOutputTokens most output tokens of each call, passed to the provider; at
 * least 1
 * @param maxCalls most calls of a turn, tool rounds and repeats included; at least 1
 * @param maxCost most that a turn may cost: a call that may cost more than is left is
 * given a lower limit of output tokens, or not sent; a tenth is kept for a last answer
 * without tools
 * @since 0.1.0
 */
public record CallLimits(@Nullable Integer maxOutputTokens, @Nullable Integer maxCalls, @Nullable Money maxCost) {

	/** No limit at all. */
	public static final CallLimits NONE = new CallLimits(null, null, null);

	public CallLimits {
		requirePositive("maxOutputTokens", maxOutputTokens);
		requirePositive("maxCalls", maxCalls);
		if (maxCost != null && maxCost.nanos() <= 0) {
			throw new IllegalArgumentException("maxCost must be more than zero, was " + maxCost);
		}
	}

	/**
	 * Returns these limits with the other ones for whatever is not limited here.
	 * @param other the limits to fall back to
	 * @return the combined limits
	 */
	public CallLimits orElse(CallLimits other) {
		if (this == NONE) {
			return other;
		}
		return new CallLimits((this.maxOutputTokens != null) ? this.maxOutputTokens : other.maxOutputTokens,
				(this.maxCalls != null) ? this.maxCalls : other.maxCalls,
				(this.maxCost != null) ? this.maxCost : other.maxCost);
	}

	private static void requirePositive(String name, @Nullable Integer value) {
		if (value != null && value < 1) {
			throw new IllegalArgumentException(name + " must be at least 1, was " + value);
		}
	}

}
