package io.github.costwise.budget;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import io.github.costwise.Money;
import io.github.costwise.model.BudgetUnit;

/**
 * An amount with its unit. Immutable.
 *
 * @param value the amount, in nano-dollars for money; zero or more
 * @param unit what is counted
 * @since 0.1.0
 */
public record BudgetAmount(long value, BudgetUnit unit) {

	/** Sums of a few of them can be counted. */
	private static final long MOST = Long.MAX_VALUE / 4;

	/**
	 * Creates an amount.
	 * @throws IllegalArgumentException if it is negative or too large
	 */
	public BudgetAmount {
		if (value < 0) {
			throw new IllegalArgumentException("a limit is never negative; 0 blocks, and no budget is no limit");
		}
		if (value > MOST) {
			throw new IllegalArgumentException("a limit of more than " + unit.format(MOST) + " is too large");
		}
	}

	/**
	 * Reads an amount.
	 * @param text such as {@code 20 USD}, {@code 10000 tokens} or {@code 5 in-flight}
	 * @return the amount
	 * @throws IllegalArgumentException if it is not an amount with a unit
	 */
	public static BudgetAmount parse(String text) {
		String whole = text.trim();
		int gap = whole.indexOf(' ');
		if (gap < 0) {
			throw new IllegalArgumentException("'" + text + "' is not an amount with its unit, such as '20 USD'");
		}
		String number = whole.substring(0, gap);
		BudgetUnit unit = unit(whole.substring(gap).trim());
		try {
			BigDecimal amount = new BigDecimal(number.replace("_", ""));
			return new BudgetAmount((unit == BudgetUnit.USD) ? Money.ofUsd(amount).nanos() : amount.longValueExact(),
					unit);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("'" + number + "' is not a number", ex);
		}
		catch (ArithmeticException ex) {
			throw new IllegalArgumentException(
					"'" + text + "' has more decimal places than " + unit.label() + " can have, or is too large", ex);
		}
	}

	private static BudgetUnit unit(String name) {
		String wanted = name.toLowerCase(Locale.ROOT);
		return Arrays.stream(BudgetUnit.values())
			.filter((unit) -> unit.label().toLowerCase(Locale.ROOT).equals(wanted)
					|| unit.label().toLowerCase(Locale.ROOT).equals(wanted + "s"))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("'" + name + "' is not a unit; prices are in USD, and a "
					+ "budget counts one of "
					+ Arrays.stream(BudgetUnit.values()).map(BudgetUnit::label).collect(Collectors.joining(", "))));
	}

	@Override
	public String toString() {
		return this.unit.format(this.value);
	}

}
