package io.github.costwise.benchmarks.eval;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.pricing.PriceRow;

/**
 * The plain decimal arithmetic that amounts are checked against: count times rate, summed
 * up, rounded once. It takes the rates of the same row and works out everything else on
 * its own.
 */
final class PlainPrice {

	private static final BigDecimal REGIONAL = new BigDecimal("1.1");

	private final PriceRow row;

	private final ServiceTier tier;

	private final long above;

	private final BigDecimal onTokens;

	private PlainPrice(PriceRow row, ServiceTier tier, long above, BigDecimal onTokens) {
		this.row = row;
		this.tier = tier;
		this.above = above;
		this.onTokens = onTokens;
	}

	/**
	 * Returns the arithmetic of one band.
	 * @param row the rates
	 * @param label the band, such as {@code standard}, {@code standard>200k} or
	 * {@code batch}
	 * @param regional whether tokens cost a tenth more
	 * @return the arithmetic
	 */
	static PlainPrice of(PriceRow row, String label, boolean regional) {
		int mark = label.indexOf('>');
		String tier = (mark < 0) ? label : label.substring(0, mark);
		String above = (mark < 0) ? "0" : label.substring(mark + 1).replace("k", "000");
		return new PlainPrice(row, ServiceTier.valueOf(tier.toUpperCase(Locale.ROOT)), Long.parseLong(above),
				regional ? REGIONAL : BigDecimal.ONE);
	}

	/**
	 * Prices a usage.
	 * @param usage the usage
	 * @return nano-dollars
	 */
	long nanos(TokenUsage usage) {
		BigDecimal micros = BigDecimal.ZERO;
		for (BilledUnit unit : BilledUnit.values()) {
			long count = (unit == BilledUnit.WEB_SEARCH && this.row.isSearching()) ? Math.max(1, usage.get(unit))
					: usage.get(unit);
			if (count > 0) {
				micros = micros.add(rate(unit).multiply(BigDecimal.valueOf(count))
					.multiply(unit.isToken() ? this.onTokens : BigDecimal.ONE));
			}
		}
		return micros.movePointRight(3).setScale(0, RoundingMode.HALF_EVEN).longValueExact();
	}

	private BigDecimal rate(BilledUnit unit) {
		for (BilledUnit at = unit; at != null; at = at.pricedAs()) {
			BigDecimal rate = stated(at);
			if (rate != null) {
				return rate;
			}
		}
		return BigDecimal.ZERO;
	}

	private @Nullable BigDecimal stated(BilledUnit unit) {
		BigDecimal rate = this.row.rate(this.tier, this.above, unit);
		if (rate == null) {
			rate = this.row.rate(ServiceTier.STANDARD, this.above, unit);
		}
		if (rate == null) {
			rate = this.row.rate(this.tier, 0, unit);
		}
		return (rate != null) ? rate : this.row.rate(ServiceTier.STANDARD, 0, unit);
	}

}
