package io.github.costwise.pricing;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.model.Price;

/**
 * Which amounts that a provider or gateway reports are believed. What is beyond them is
 * booked all the same, as {@linkplain io.github.costwise.model.PriceState#ESTIMATED
 * estimated}. Immutable.
 *
 * @param maxFactor how many times the amount of the catalogue a reported one may be, at
 * least 1; one US dollar more is always believed
 * @param maxUnknown how many US dollars may be reported for a call of a model without a
 * price, above 0
 * @since 0.1.0
 */
public record ReportedBounds(BigDecimal maxFactor, BigDecimal maxUnknown) {

	/** More than any call costs, and little enough for sums over years. */
	static final BigDecimal MOST = new BigDecimal(1_000_000);

	/**
	 * Checks the values.
	 * @throws CostwiseConfigurationException if a value is out of its range
	 */
	public ReportedBounds {
		require("max-factor", maxFactor, BigDecimal.ONE);
		require("max-unknown", maxUnknown, BigDecimal.ZERO);
	}

	/**
	 * Returns the defaults: 20 times, and 1,000 US dollars.
	 * @return the bounds
	 */
	public static ReportedBounds defaults() {
		return new ReportedBounds(BigDecimal.valueOf(20), BigDecimal.valueOf(1_000));
	}

	/** Whether an amount is believed beside that of the catalogue, if there is one. */
	boolean believe(BigDecimal usd, @Nullable Price expected) {
		if (expected == null) {
			return usd.compareTo(this.maxUnknown) <= 0;
		}
		BigDecimal known = expected.amount().toUsd();
		return usd.compareTo(known.multiply(this.maxFactor)) <= 0 || usd.compareTo(known.add(BigDecimal.ONE)) <= 0;
	}

	private static void require(String name, BigDecimal value, BigDecimal least) {
		if (value.compareTo(least) < 0 || value.compareTo(MOST) > 0) {
			String property = "costwise.pricing.reported." + name;
			throw new CostwiseConfigurationException(property + " is " + value.toPlainString() + ".",
					"Set " + property + " to " + least + " or more, up to " + MOST + ".");
		}
	}

}
