package io.github.costwise.accounting.usage;

import java.math.BigDecimal;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Amounts that providers report, and whose word counts.
 *
 * @since 0.1.0
 */
public final class ReportedCosts {

	/** Their answers tell what they cost, whatever the model. */
	private static final Set<String> REPORTING = Set.of("openrouter", "perplexity", "xai");

	private static final int TICKS_PER_USD_EXPONENT = 10;

	private ReportedCosts() {
	}

	/**
	 * Returns whether a provider tells what each call costs, so that a model without a
	 * price can be asked there.
	 * @param provider the provider, as the price catalogue writes it
	 * @return whether its answers have an amount
	 */
	public static boolean areExpected(String provider) {
		return REPORTING.contains(provider);
	}

	/** Reads the amount of a body. */
	static Amount of(UsageFields fields) {
		BigDecimal ticks = fields.decimal(Field.COST_IN_USD_TICKS);
		if (ticks != null) {
			return new Amount(ticks.movePointLeft(TICKS_PER_USD_EXPONENT), true);
		}
		if (!fields.has(Field.COST)) {
			return new Amount(null, false);
		}
		UsageFields parts = fields.child(Field.COST);
		BigDecimal own = fields.decimal(Field.COST);
		BigDecimal cost = (own != null) ? own : parts.decimal(Field.TOTAL_COST);
		boolean dollars = isDollars(fields.text(Field.CURRENCY)) && isDollars(parts.text(Field.CURRENCY));
		if (cost == null || !dollars || !"true".equalsIgnoreCase(fields.text(Field.IS_BYOK))) {
			return new Amount(dollars ? cost : null, true);
		}
		BigDecimal upstream = fields.child(Field.COST_DETAILS).decimal(Field.UPSTREAM_INFERENCE_COST);
		return new Amount((upstream != null && upstream.signum() >= 0) ? cost.add(upstream) : null, true);
	}

	private static boolean isDollars(@Nullable String currency) {
		return currency == null || currency.isBlank() || currency.strip().equalsIgnoreCase("usd");
	}

	/**
	 * An amount.
	 *
	 * @param usd the whole amount in US dollars, or {@code null} when it is not told
	 * whole, not readable or in another currency
	 * @param isTold whether there is an amount at all
	 */
	record Amount(@Nullable BigDecimal usd, boolean isTold) {

		/**
		 * Whether the amount takes the place of that of the catalogue. Nobody pays for an
		 * answer, and nobody sells one for nothing but those who say of each call what it
		 * costs, and those whose prices nobody knows.
		 */
		boolean isKept(String provider, boolean tokens) {
			if (this.usd == null || this.usd.signum() < 0) {
				return false;
			}
			boolean priced = Providers.UNKNOWN.equals(provider) || Providers.known().contains(provider);
			return this.usd.signum() > 0 || !tokens || areExpected(provider) || !priced;
		}

	}

}
