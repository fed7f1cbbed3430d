package io.github.costwise.accounting.usage;

import java.math.BigDecimal;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.PriceReason;

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

	/**
	 * Takes the amount of a body where it takes the place of that of the catalogue, else
	 * notes what is not told.
	 * @param fields the body
	 * @param provider who answered
	 * @param tokens whether there are any
	 * @param buckets what takes it
	 */
	static void take(UsageFields fields, String provider, boolean tokens, Buckets buckets) {
		Amount amount = of(fields);
		boolean kept = amount.isKept(provider, tokens);
		if (amount.isReported() && !kept) {
			buckets.note(PriceReason.AMOUNT_INCOMPLETE);
		}
		if (kept && amount.isDoubted()) {
			buckets.note(PriceReason.AMOUNT_DOUBTED);
		}
		if (!kept && UntoldFees.areIn(fields)) {
			buckets.note(PriceReason.FEE_ASSUMED);
		}
		buckets.cost(kept ? amount.usd() : null);
	}

	/** Reads the amount of a body. */
	static Amount of(UsageFields fields) {
		BigDecimal ticks = fields.decimal(Field.COST_IN_USD_TICKS);
		if (ticks != null) {
			return new Amount(ticks.movePointLeft(TICKS_PER_USD_EXPONENT), true, false);
		}
		if (!fields.has(Field.COST)) {
			return Amount.NONE;
		}
		UsageFields parts = fields.child(Field.COST);
		UsageFields details = fields.child(Field.COST_DETAILS);
		BigDecimal own = fields.decimal(Field.COST);
		BigDecimal cost = (own != null) ? own : parts.decimal(Field.TOTAL_COST);
		boolean dollars = cost != null && Currencies.areDollars(cost, fields, parts, details);
		if (cost == null || cost.signum() < 0 || !dollars) {
			return Amount.NOT_WHOLE;
		}
		return OwnKeys.whole(cost, details, fields, parts, details);
	}

	/**
	 * An amount.
	 *
	 * @param usd the whole amount in US dollars, or {@code null} when it is not told
	 * whole, not readable or in another currency
	 * @param isReported whether there is an amount at all
	 * @param isDoubted whether it is not sure that it is the whole amount and no more
	 */
	record Amount(@Nullable BigDecimal usd, boolean isReported, boolean isDoubted) {

		/** No amount is reported. */
		static final Amount NONE = new Amount(null, false, false);

		/** An amount is reported, but not the whole one in US dollars. */
		static final Amount NOT_WHOLE = new Amount(null, true, false);

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
