package io.github.costwise.benchmarks.provider;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.SplittableRandom;

/**
 * The provider's prices of one model, in US dollars per million tokens.
 *
 * @param input for input tokens at the full rate
 * @param cacheRead for input tokens read from the cache
 * @param cacheWrite5m for input tokens written to the cache for five minutes
 * @param cacheWrite1h for input tokens written to the cache for one hour
 * @param output for all output tokens
 * @since 0.1.0
 */
public record ProviderRates(BigDecimal input, BigDecimal cacheRead, BigDecimal cacheWrite5m, BigDecimal cacheWrite1h,
		BigDecimal output) {

	private static final int DECIMALS = 4;

	/**
	 * Draws prices with four decimal places, in the relations that are usual: reading a
	 * cache costs less than input, writing more, longer still more.
	 * @param random the source
	 * @return the prices
	 */
	public static ProviderRates draw(SplittableRandom random) {
		long input = random.nextLong(200, 150_000);
		return new ProviderRates(decimal(input), decimal(random.nextLong(input / 20, input / 2)),
				decimal(input + random.nextLong(input / 2)), decimal(input * 2),
				decimal(input * random.nextLong(2, 8)));
	}

	/**
	 * Computes a bill: the exact sum, rounded once.
	 * @param used what was used
	 * @return nano-dollars, rounded half to even
	 */
	public long billNanos(BilledTokens used) {
		return micros(used).movePointRight(3).setScale(0, RoundingMode.HALF_EVEN).longValueExact();
	}

	/** The exact sum in millionths of a dollar. */
	BigDecimal micros(BilledTokens used) {
		return this.input.multiply(BigDecimal.valueOf(used.input()))
			.add(this.cacheRead.multiply(BigDecimal.valueOf(used.cacheRead())))
			.add(this.cacheWrite5m.multiply(BigDecimal.valueOf(used.cacheWrite5m())))
			.add(this.cacheWrite1h.multiply(BigDecimal.valueOf(used.cacheWrite1h())))
			.add(this.output.multiply(BigDecimal.valueOf(used.output() + used.reasoning())));
	}

	private static BigDecimal decimal(long tenThousandths) {
		return BigDecimal.valueOf(tenThousandths, DECIMALS);
	}

}
