package io.github.costwise.model;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * What a budget counts.
 *
 * @since 0.1.0
 */
public enum BudgetUnit {

	/** Nano-dollars. */
	USD,

	/** Input and output tokens. */
	TOKENS,

	/** Input tokens, cached ones included. */
	INPUT_TOKENS,

	/** Output tokens, reasoning included. */
	OUTPUT_TOKENS,

	/** Calls of the application, tool rounds and repeats included. */
	CALLS,

	/** Turns that reach a model, however many calls they make. */
	TURNS,

	/** Calls at the same time. */
	IN_FLIGHT;

	/**
	 * Returns an amount as a text.
	 * @param amount the amount in this unit
	 * @return such as {@code 0.02 USD} or {@code 1000 tokens}
	 */
	public String format(long amount) {
		if (this == USD) {
			return BigDecimal.valueOf(amount, 9).stripTrailingZeros().toPlainString() + " USD";
		}
		return amount + " " + label();
	}

	/**
	 * Returns an amount as a number.
	 * @param amount the amount in this unit
	 * @return US dollars for money, else the amount itself
	 */
	public BigDecimal toDecimal(long amount) {
		return (this == USD) ? BigDecimal.valueOf(amount, 9) : BigDecimal.valueOf(amount);
	}

	/**
	 * Returns its name in settings.
	 * @return such as {@code USD} or {@code input-tokens}
	 */
	public String label() {
		return (this == USD) ? "USD" : name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
