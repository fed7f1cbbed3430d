package io.github.costwise.accounting.usage;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/** Reads numbers of usage bodies, which some providers write as texts. */
final class UsageNumbers {

	private static final int LONGEST = 40;

	private static final int MOST_DIGITS = 30;

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

}
