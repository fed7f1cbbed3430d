package io.github.costwise.pricing;

import java.math.BigDecimal;

import io.github.costwise.model.BilledUnit;

/**
 * The numbers that can be the rate of anything. Price lists come from outside, and a
 * decimal of a few characters can take seconds to add or gigabytes to write out, so a
 * rate is measured before anything is done with it. Takes next to no time whatever the
 * number.
 */
final class RateBounds {

	/** Prices are doubles in some lists, so that 2e-7 is 1.9999999999999999e-7. */
	private static final int MOST_PLACES = 24;

	private static final int MOST_DIGITS = 40;

	private static final int LONGEST_TEXT = 64;

	private static final BigDecimal HIGHEST = BigDecimal.valueOf(10_000);

	private static final BigDecimal HIGHEST_SEARCH = BigDecimal.valueOf(1_000_000_000);

	private RateBounds() {
	}

	/**
	 * Checks a rate.
	 * @param unit what it is the rate of
	 * @param usdPerMillion US dollars per million units
	 * @throws IllegalArgumentException if no rate can be so
	 */
	static void check(BilledUnit unit, BigDecimal usdPerMillion) {
		require(usdPerMillion.signum() >= 0, unit, "is negative", usdPerMillion);
		BigDecimal highest = unit.isToken() ? HIGHEST : HIGHEST_SEARCH;
		require(usdPerMillion.compareTo(highest) <= 0, unit,
				"is above " + highest + " USD per million " + (unit.isToken() ? "tokens" : "searches"), usdPerMillion);
		require(usdPerMillion.scale() <= MOST_PLACES && usdPerMillion.scale() >= -MOST_PLACES, unit,
				"has an exponent beyond " + MOST_PLACES + " places", usdPerMillion);
		require(usdPerMillion.precision() <= MOST_DIGITS, unit, "has more than " + MOST_DIGITS + " digits",
				usdPerMillion);
	}

	/**
	 * Reads a rate.
	 * @param text the text
	 * @return the number, not yet checked
	 * @throws IllegalArgumentException if it is not a number, or a longer one than a rate
	 */
	static BigDecimal parse(String text) {
		if (text.length() > LONGEST_TEXT) {
			throw new IllegalArgumentException(
					"'" + text.substring(0, LONGEST_TEXT) + "...' is longer than " + LONGEST_TEXT + " characters");
		}
		try {
			return new BigDecimal(text);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("'" + text + "' is not a number", ex);
		}
	}

	private static void require(boolean condition, BilledUnit unit, String problem, BigDecimal rate) {
		if (!condition) {
			throw new IllegalArgumentException("the rate of " + unit + " " + problem + ": " + shown(rate));
		}
	}

	/** Never the plain form, which may be gigabytes long. */
	private static String shown(BigDecimal rate) {
		String text = (Math.abs((long) rate.scale()) <= MOST_PLACES && rate.precision() <= MOST_DIGITS)
				? rate.toPlainString() : rate.toString();
		return (text.length() > LONGEST_TEXT) ? text.substring(0, LONGEST_TEXT) + "..." : text;
	}

}
