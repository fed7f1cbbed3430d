package io.github.costwise.model;

import java.util.Arrays;

/**
 * How many of each {@link BilledUnit} one call used. The counts are disjoint and never
 * negative. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class TokenUsage {

	/** Nothing used. */
	public static final TokenUsage NONE = new TokenUsage(new long[BilledUnit.values().length]);

	private final long[] counts;

	private TokenUsage(long[] counts) {
		this.counts = counts;
	}

	/**
	 * Returns a usage of plain input and output tokens.
	 * @param input input tokens at the full rate
	 * @param output output tokens
	 * @return the usage
	 * @throws IllegalArgumentException if a count is negative
	 */
	public static TokenUsage of(long input, long output) {
		return builder().add(BilledUnit.INPUT, input).add(BilledUnit.OUTPUT, output).build();
	}

	/**
	 * Returns a builder with no usage.
	 * @return a new builder
	 */
	public static UsageBuilder builder() {
		return new UsageBuilder();
	}

	/**
	 * Returns how many of the given unit were used.
	 * @param unit the unit
	 * @return the count, zero or more
	 */
	public long get(BilledUnit unit) {
		return this.counts[unit.ordinal()];
	}

	/**
	 * Returns all tokens of the prompt: uncached, read from and written to a cache.
	 * @return prompt tokens
	 */
	public long promptTokens() {
		long sum = 0;
		for (int i = 0; i <= BilledUnit.CACHE_WRITE_1H.ordinal(); i++) {
			sum += this.counts[i];
		}
		return sum;
	}

	/**
	 * Returns all generated tokens, reasoning included.
	 * @return output tokens
	 */
	public long outputTokens() {
		long sum = 0;
		for (int i = BilledUnit.OUTPUT.ordinal(); i <= BilledUnit.OUTPUT_IMAGE.ordinal(); i++) {
			sum += this.counts[i];
		}
		return sum;
	}

	/**
	 * Returns the prompt tokens that the provider served from its cache.
	 * @return cached prompt tokens
	 */
	public long cacheReadTokens() {
		return get(BilledUnit.CACHE_READ) + get(BilledUnit.CACHE_READ_AUDIO) + get(BilledUnit.CACHE_READ_IMAGE)
				+ get(BilledUnit.CACHE_READ_VIDEO);
	}

	/**
	 * Returns the prompt tokens that the provider wrote to its cache.
	 * @return prompt tokens written, for any lifetime
	 */
	public long cacheWriteTokens() {
		return get(BilledUnit.CACHE_WRITE_5M) + get(BilledUnit.CACHE_WRITE_1H);
	}

	/**
	 * Returns the sum of this and another usage.
	 * @param other the usage to add
	 * @return the sum
	 */
	public TokenUsage plus(TokenUsage other) {
		long[] sum = this.counts.clone();
		for (int i = 0; i < sum.length; i++) {
			sum[i] = Math.addExact(sum[i], other.counts[i]);
		}
		return new TokenUsage(sum);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof TokenUsage usage && Arrays.equals(this.counts, usage.counts);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.counts);
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder("{");
		for (BilledUnit unit : BilledUnit.values()) {
			if (get(unit) != 0) {
				text.append((text.length() > 1) ? ", " : "").append(unit).append('=').append(get(unit));
			}
		}
		return text.append('}').toString();
	}

	/** Collects counts. Not thread-safe. */
	public static final class UsageBuilder {

		private final long[] counts = new long[BilledUnit.values().length];

		private UsageBuilder() {
		}

		/**
		 * Adds to the count of a unit.
		 * @param unit the unit
		 * @param count how many, zero or more
		 * @return this builder
		 * @throws IllegalArgumentException if the count is negative
		 */
		public UsageBuilder add(BilledUnit unit, long count) {
			if (count < 0) {
				throw new IllegalArgumentException("Count of " + unit + " must not be negative, was " + count);
			}
			this.counts[unit.ordinal()] = Math.addExact(this.counts[unit.ordinal()], count);
			return this;
		}

		/**
		 * Returns the collected usage.
		 * @return the usage
		 */
		public TokenUsage build() {
			return new TokenUsage(this.counts.clone());
		}

	}

}
