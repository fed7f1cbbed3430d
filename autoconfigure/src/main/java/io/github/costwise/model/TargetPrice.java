package io.github.costwise.model;

import io.github.costwise.Money;

/**
 * What the tokens of a target cost, for comparing targets before a call; the ledger
 * prices what was used. Immutable and thread-safe.
 *
 * @param inputNanos nano-dollars for a million uncached input tokens, not negative
 * @param cachedInputNanos nano-dollars for a million input tokens read from the
 * provider's prompt cache; the same as {@code inputNanos} where there is none
 * @param outputNanos nano-dollars for a million output tokens, not negative
 * @since 0.1.0
 */
public record TargetPrice(long inputNanos, long cachedInputNanos, long outputNanos) {

	private static final long MILLION = 1_000_000;

	/**
	 * Creates a price.
	 * @throws IllegalArgumentException if a part is negative
	 */
	public TargetPrice {
		if (inputNanos < 0 || cachedInputNanos < 0 || outputNanos < 0) {
			throw new IllegalArgumentException("A price must not be negative");
		}
	}

	/**
	 * Returns what a call would cost at most.
	 * @param input all tokens of the prompt
	 * @param cached how many of them the provider's prompt cache holds
	 * @param output tokens of the answer
	 * @return the amount, a fraction of a nano-dollar counted as a whole one
	 * @throws ArithmeticException if it is beyond {@link Money}
	 */
	public Money cost(long input, long cached, long output) {
		long warm = Math.min(input, cached);
		long units = Math.addExact(Math.multiplyExact(input - warm, this.inputNanos), Math
			.addExact(Math.multiplyExact(warm, this.cachedInputNanos), Math.multiplyExact(output, this.outputNanos)));
		return Money.ofNanos(units / MILLION + ((units % MILLION == 0) ? 0 : 1));
	}

}
