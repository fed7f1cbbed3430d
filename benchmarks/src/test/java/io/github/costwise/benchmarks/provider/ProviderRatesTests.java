package io.github.costwise.benchmarks.provider;

import java.math.BigDecimal;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests of {@link ProviderRates}. */
@Tag("unit")
class ProviderRatesTests {

	@Test
	void billsEveryBucketAndRoundsOnceHalfToEven() {
		ProviderRates rates = new ProviderRates(new BigDecimal("1"), new BigDecimal("0.1"), new BigDecimal("1.25"),
				new BigDecimal("2"), new BigDecimal("5"));
		assertThat(rates.billNanos(new BilledTokens(1, 10, 100, 1000, 10_000, 100_000))).isEqualTo(552_127_000L);
		ProviderRates fine = new ProviderRates(new BigDecimal("0.0005"), BigDecimal.ZERO, BigDecimal.ZERO,
				BigDecimal.ZERO, BigDecimal.ZERO);
		assertThat(fine.billNanos(new BilledTokens(1, 0, 0, 0, 0, 0))).isZero();
		assertThat(fine.billNanos(new BilledTokens(3, 0, 0, 0, 0, 0))).isEqualTo(2);
	}

}
