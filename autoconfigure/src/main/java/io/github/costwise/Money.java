package io.github.costwise;

import java.math.BigDecimal;

/**
 * An exact amount of US dollars, held as a whole number of nano-dollars (10<sup>-9</sup>
 * USD). Immutable and thread-safe. The range is about ±9.2 billion dollars; arithmetic
 * that would leave it throws {@link ArithmeticException}.
 *
 * @param nanos the amount in nano-dollars; negative for a loss or a refund
 * @since 0.1.0
 */
public record Money(long nanos) implements Comparable<Money> {

	/** No money. */
	public static final Money ZERO = new Money(0);

	private static final int SCALE = 9;

	/**
	 * Returns the amount of the given nano-dollars.
	 * @param nanos nano-dollars
	 * @return the amount
	 */
	public static Money ofNanos(long nanos) {
		return (nanos == 0) ? ZERO : new Money(nanos);
	}

	/**
	 * Returns the amount of the given dollars.
	 * @param usd US dollars, with at most nine decimal places
	 * @return the amount
	 * @throws ArithmeticException if the amount has more decimal places or is out of
	 * range
	 */
	public static Money ofUsd(BigDecimal usd) {
		return ofNanos(usd.movePointRight(SCALE).longValueExact());
	}

	/**
	 * Returns the sum of this and another amount.
	 * @param other the amount to add
	 * @return the sum
	 * @throws ArithmeticException if the sum is out of range
	 */
	public Money plus(Money other) {
		return ofNanos(Math.addExact(this.nanos, other.nanos));
	}

	/**
	 * Returns a sum that stops at the largest amount, for totals that must not fail.
	 * @param nanos nano-dollars
	 * @param others more nano-dollars
	 * @return the sum, or the largest or smallest amount where it is beyond
	 */
	public static Money saturated(long nanos, long others) {
		long sum = nanos + others;
		boolean wrapped = ((nanos ^ sum) & (others ^ sum)) < 0;
		return ofNanos(wrapped ? ((nanos < 0) ? Long.MIN_VALUE : Long.MAX_VALUE) : sum);
	}

	/**
	 * Returns the difference of this and another amount.
	 * @param other the amount to subtract
	 * @return the difference
	 * @throws ArithmeticException if the difference is out of range
	 */
	public Money minus(Money other) {
		return ofNanos(Math.subtractExact(this.nanos, other.nanos));
	}

	/**
	 * Returns the amount in dollars.
	 * @return US dollars with nine decimal places
	 */
	public BigDecimal toUsd() {
		return BigDecimal.valueOf(this.nanos, SCALE);
	}

	@Override
	public int compareTo(Money other) {
		return Long.compare(this.nanos, other.nanos);
	}

	@Override
	public String toString() {
		return toUsd().toPlainString() + " USD";
	}

}
