package io.github.costwise.accounting.usage;

import java.math.BigDecimal;
import java.math.BigInteger;

import org.jspecify.annotations.Nullable;

/** Reads numbers of usage bodies, which some providers write as texts. */
final class UsageNumbers {

	private static final int LONGEST = 40;

	private static final int MOST_DIGITS = 30;

	private static final int MOST_DIGITS_OF_A_COUNT = 18;

	private UsageNumbers() {
	}

	/**
	 * Returns a number, or {@code null} for what is none, or larger or finer than any
	 * count or amount can be.
	 */
	static @Nullable BigDecimal of(String text) {
		String number = text.strip();
		if (number.isEmpty() || number.length() > LONGEST) {
			return null;
		}
		try {
			BigDecimal value = new BigDecimal(number);
			return (Math.abs((long) value.scale()) <= MOST_DIGITS) ? value : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	/** Returns the whole part of a number; one beyond all bounds does not wrap. */
	static long count(Number number) {
		if (number instanceof BigInteger whole) {
			return (whole.bitLength() < Long.SIZE) ? whole.longValue() : beyond(whole.signum());
		}
		if (number instanceof BigDecimal decimal) {
			long digits = (long) decimal.precision() - decimal.scale();
			return (digits < MOST_DIGITS_OF_A_COUNT) ? decimal.longValue() : beyond(decimal.signum());
		}
		return number.longValue();
	}

	private static long beyond(int sign) {
		return (sign < 0) ? -Long.MAX_VALUE : Long.MAX_VALUE;
	}

}
