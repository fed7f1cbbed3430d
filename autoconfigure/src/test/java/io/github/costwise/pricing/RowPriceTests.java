package io.github.costwise.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.Money;
import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.ModelPrice;
import io.github.costwise.model.Price;
import io.github.costwise.model.PriceReason;
import io.github.costwise.model.PriceState;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.model.TokenUsage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RowPrice} and {@link Rates}, against plain decimal arithmetic.
 */
@Tag("thorough")
class RowPriceTests {

	private static final BilledUnit[] UNITS = BilledUnit.values();

	private static final ServiceTier[] TIERS = ServiceTier.values();

	private static final long[] SIZES = { 0, 128_000, 200_000, 272_000 };

	@Test
	void equalsPlainDecimalArithmeticOnRandomRows() {
		Random random = new Random(20261123);
		for (int i = 0; i < 100_000; i++) {
			PriceRow row = row(random);
			TokenUsage usage = usage(random);
			ServiceTier tier = TIERS[random.nextInt(TIERS.length)];
			Price price = RowPrice.of(row, Set.of(), "v").price(usage, tier);
			BigDecimal expected = expected(row, usage, tier);
			assertThat(price.amount().toUsd()).as("%s %s %s", row, usage, tier).isEqualByComparingTo(expected);
			assertThat(price.input().plus(price.cached()).plus(price.output()).plus(price.other()))
				.isEqualTo(price.amount());
			assertThat(price.input().nanos()).isNotNegative();
			assertThat(price.cached().nanos()).isNotNegative();
			assertThat(price.output().nanos()).isNotNegative();
		}
	}

	@Test
	void tellsItsRow() {
		PriceRow row = row(new Random(1));
		assertThat(ListedPrice.rowOf(RowPrice.of(row, Set.of(), "v"))).isSameAs(row);
		assertThat(ListedPrice.rowOf(RowPrice.of(PriceRow.of("p", "m").free().build(), Set.of(), "v"))).isNull();
	}

	private static PriceRow row(Random random) {
		PriceRow.RowBuilder row = PriceRow.of("p", "m");
		for (ServiceTier tier : TIERS) {
			for (long size : SIZES) {
				boolean base = tier == ServiceTier.STANDARD && size == 0;
				if (base || random.nextInt(3) == 0) {
					for (BilledUnit unit : UNITS) {
						if ((base && unit.pricedAs() == null) || random.nextInt(3) == 0) {
							row.rate(tier, size, unit, rate(random));
						}
					}
				}
			}
		}
		return row.build();
	}

	/** Now and then finer than the scale of longs. */
	private static BigDecimal rate(Random random) {
		int scale = (random.nextInt(50) == 0) ? 11 : random.nextInt(8);
		return BigDecimal.valueOf(1 + random.nextInt(2_000_000), scale).min(BigDecimal.valueOf(9_999));
	}

	/** Now and then beyond what fits a long once scaled. */
	private static TokenUsage usage(Random random) {
		TokenUsage.UsageBuilder usage = TokenUsage.builder();
		for (BilledUnit unit : UNITS) {
			if (random.nextBoolean()) {
				usage.add(unit, random.nextInt((random.nextInt(50) == 0) ? Integer.MAX_VALUE : 120_000));
			}
		}
		return usage.build();
	}

	private static BigDecimal expected(PriceRow row, TokenUsage usage, ServiceTier tier) {
		long size = 0;
		for (long candidate : SIZES) {
			boolean exists = row.rates().containsKey(new PriceBand(tier, candidate))
					|| row.rates().containsKey(new PriceBand(ServiceTier.STANDARD, candidate));
			size = (exists && usage.promptTokens() > candidate) ? candidate : size;
		}
		ServiceTier chosen = row.rates().containsKey(new PriceBand(tier, size)) ? tier : ServiceTier.STANDARD;
		BigDecimal sum = BigDecimal.ZERO;
		for (BilledUnit unit : UNITS) {
			sum = sum.add(rate(row, chosen, size, unit).multiply(BigDecimal.valueOf(usage.get(unit))));
		}
		return sum.movePointLeft(6).setScale(9, RoundingMode.HALF_EVEN);
	}

	private static BigDecimal rate(PriceRow row, ServiceTier tier, long size, BilledUnit unit) {
		BigDecimal rate = own(row, tier, size, unit);
		if (unit == BilledUnit.CACHE_WRITE_1H) {
			return rate.max(rate(row, tier, size, BilledUnit.CACHE_WRITE_5M));
		}
		return rate;
	}

	private static BigDecimal own(PriceRow row, ServiceTier tier, long size, BilledUnit unit) {
		BigDecimal base = row.rate(ServiceTier.STANDARD, 0, unit);
		BilledUnit substitute = unit.pricedAs();
		if (base != null && substitute != null) {
			BigDecimal other = row.rate(ServiceTier.STANDARD, 0, substitute);
			base = (other != null && base.compareTo(other) == 0) ? null : base;
		}
		BigDecimal rate = first(row.rate(tier, size, unit),
				(size == 0) ? base : row.rate(ServiceTier.STANDARD, size, unit),
				(tier == ServiceTier.STANDARD) ? base : row.rate(tier, 0, unit), base);
		if (rate != null) {
			return rate;
		}
		return (substitute != null) ? own(row, tier, size, substitute) : BigDecimal.ZERO;
	}

	private static @Nullable BigDecimal first(@Nullable BigDecimal... rates) {
		for (BigDecimal rate : rates) {
			if (rate != null) {
				return rate;
			}
		}
		return null;
	}

	@Test
	void choosesTheBandOnTheWholePromptAndOnlyAboveTheThreshold() {
		ModelPrice price = RowPrice.of(tiered(), Set.of(), "v");
		TokenUsage at = TokenUsage.builder().add(BilledUnit.INPUT, 100_000).add(BilledUnit.CACHE_READ, 100_000).build();
		TokenUsage above = at.plus(TokenUsage.builder().add(BilledUnit.CACHE_WRITE_5M, 1).build());
		assertThat(price.price(at, ServiceTier.STANDARD).priceTier()).isEqualTo("standard");
		Price dear = price.price(above, ServiceTier.STANDARD);
		assertThat(dear.priceTier()).isEqualTo("standard>200k");
		assertThat(dear.input()).isEqualTo(Money.ofUsd(new BigDecimal("0.6")));
		assertThat(dear.cached()).isEqualTo(Money.ofUsd(new BigDecimal("0.0600075")));
	}

	@Test
	void choosesAmongSeveralThresholds() {
		PriceRow row = PriceRow.of("p", "m")
			.rate(BilledUnit.INPUT, BigDecimal.ONE)
			.rate(BilledUnit.OUTPUT, BigDecimal.ONE)
			.rate(ServiceTier.STANDARD, 128_000, BilledUnit.INPUT, BigDecimal.valueOf(2))
			.rate(ServiceTier.STANDARD, 256_000, BilledUnit.INPUT, BigDecimal.valueOf(4))
			.build();
		ModelPrice price = RowPrice.of(row, Set.of(), "v");
		assertThat(price.price(TokenUsage.of(128_001, 0), ServiceTier.STANDARD).amount().nanos())
			.isEqualTo(256_002_000);
		assertThat(price.price(TokenUsage.of(256_001, 0), ServiceTier.STANDARD).amount().nanos())
			.isEqualTo(1_024_004_000);
	}

	@Test
	void pricesServiceClassesAndFallsBackToStandard() {
		ModelPrice price = RowPrice.of(tiered(), Set.of(), "v");
		TokenUsage usage = TokenUsage.of(1000, 0);
		assertThat(price.price(usage, ServiceTier.BATCH).amount().nanos()).isEqualTo(1_500_000);
		assertThat(price.price(usage, ServiceTier.BATCH).priceTier()).isEqualTo("batch");
		assertThat(price.price(usage, ServiceTier.PRIORITY))
			.isEqualTo(price.price(usage, ServiceTier.STANDARD).because(PriceReason.CLASS_UNPRICED));
		Price longBatch = price.price(TokenUsage.of(200_001, 0), ServiceTier.BATCH);
		assertThat(longBatch.priceTier()).as("no batch rates for long prompts").isEqualTo("standard>200k");
	}

	private static PriceRow tiered() {
		return PriceRow.of("anthropic", "claude")
			.rate(BilledUnit.INPUT, new BigDecimal("3"))
			.rate(BilledUnit.OUTPUT, new BigDecimal("15"))
			.rate(BilledUnit.CACHE_READ, new BigDecimal("0.3"))
			.rate(BilledUnit.CACHE_WRITE_5M, new BigDecimal("3.75"))
			.rate(ServiceTier.STANDARD, 200_000, BilledUnit.INPUT, new BigDecimal("6"))
			.rate(ServiceTier.STANDARD, 200_000, BilledUnit.OUTPUT, new BigDecimal("22.5"))
			.rate(ServiceTier.STANDARD, 200_000, BilledUnit.CACHE_READ, new BigDecimal("0.6"))
			.rate(ServiceTier.STANDARD, 200_000, BilledUnit.CACHE_WRITE_5M, new BigDecimal("7.5"))
			.rate(ServiceTier.BATCH, 0, BilledUnit.INPUT, new BigDecimal("1.5"))
			.rate(ServiceTier.BATCH, 0, BilledUnit.OUTPUT, new BigDecimal("7.5"))
			.build();
	}

	@Test
	void roundsOnceHalfToEven() {
		PriceRow row = PriceRow.of("p", "m")
			.rate(BilledUnit.INPUT, new BigDecimal("0.0005"))
			.rate(BilledUnit.OUTPUT, new BigDecimal("0.0005"))
			.build();
		ModelPrice price = RowPrice.of(row, Set.of(), "v");
		assertThat(price.price(TokenUsage.of(1, 0), ServiceTier.STANDARD).amount().nanos()).isZero();
		assertThat(price.price(TokenUsage.of(3, 0), ServiceTier.STANDARD).amount().nanos()).isEqualTo(2);
		Price both = price.price(TokenUsage.of(1, 1), ServiceTier.STANDARD);
		assertThat(both.amount().nanos()).as("each half alone would round to nothing").isEqualTo(1);
		assertThat(both.input().plus(both.output())).isEqualTo(both.amount());
	}

	@Test
	void anAmountBeyondMoneyIsRefusedAndNotWrapped() {
		ModelPrice price = RowPrice.of(tiered(), Set.of(), "v");
		assertThatExceptionOfType(ArithmeticException.class)
			.isThrownBy(() -> price.price(TokenUsage.of(0, Long.MAX_VALUE), ServiceTier.STANDARD));
	}

	@Test
	void aSearchWithoutPriceIsNotExact() {
		TokenUsage search = TokenUsage.builder().add(BilledUnit.INPUT, 1).add(BilledUnit.WEB_SEARCH, 1).build();
		assertThat(RowPrice.of(tiered(), Set.of(), "v").price(search, ServiceTier.STANDARD).state())
			.isEqualTo(PriceState.ESTIMATED);
		PriceRow priced = PriceRow.of("p", "m")
			.rate(BilledUnit.INPUT, BigDecimal.ONE)
			.rate(BilledUnit.OUTPUT, BigDecimal.ONE)
			.rate(BilledUnit.WEB_SEARCH, BigDecimal.valueOf(10_000))
			.build();
		Price price = RowPrice.of(priced, Set.of(), "v").price(search, ServiceTier.STANDARD);
		assertThat(price.state()).isEqualTo(PriceState.EXACT);
		assertThat(price.other()).isEqualTo(Money.ofUsd(new BigDecimal("0.01")));
	}

	@Test
	void freeIsZeroAndSaysSo() {
		Price price = RowPrice.of(PriceRow.of("ollama", "*").free().build(), Set.of(), "v")
			.price(TokenUsage.of(1000, 1000), ServiceTier.STANDARD);
		assertThat(price.amount()).isEqualTo(Money.ZERO);
		assertThat(price.state()).isEqualTo(PriceState.FREE);
	}

	@Test
	void aRowThatIsNotCertainIsEstimated() {
		assertThat(RowPrice.of(tiered(), Set.of(PriceReason.MODEL_GUESSED), "v")
			.price(TokenUsage.of(1, 1), ServiceTier.STANDARD)
			.state()).isEqualTo(PriceState.ESTIMATED);
	}

	@Test
	void noPartIsBelowZeroWhateverIsRounded() {
		PriceRow row = PriceRow.of("p", "m")
			.rate(BilledUnit.INPUT, new BigDecimal("0.0006"))
			.rate(BilledUnit.CACHE_READ, new BigDecimal("0.0006"))
			.rate(BilledUnit.OUTPUT, new BigDecimal("0.0006"))
			.rate(BilledUnit.WEB_SEARCH, new BigDecimal("0.0006"))
			.build();
		TokenUsage one = TokenUsage.builder()
			.add(BilledUnit.INPUT, 1)
			.add(BilledUnit.CACHE_READ, 1)
			.add(BilledUnit.OUTPUT, 1)
			.add(BilledUnit.WEB_SEARCH, 1)
			.build();
		Price price = RowPrice.of(row, Set.of(), "v").price(one, ServiceTier.STANDARD);
		assertThat(price.amount().nanos()).isEqualTo(2);
		assertThat(List.of(price.input(), price.cached(), price.output(), price.other()))
			.allMatch((part) -> part.nanos() >= 0);
		assertThat(price.input().plus(price.cached()).plus(price.output()).plus(price.other()))
			.isEqualTo(price.amount());
	}

	@Test
	void refusesRowsThatCannotBeRight() {
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> PriceRow.of("p", "m").build())
			.withMessageContaining("neither free nor has an input price");
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> PriceRow.of("p", "m").rate(BilledUnit.INPUT, BigDecimal.ONE).build())
			.withMessageContaining("no output price");
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> PriceRow.of("p", "m").rate(BilledUnit.INPUT, BigDecimal.valueOf(-1)))
			.withMessageContaining("negative");
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> PriceRow.of("p", "m").rate(BilledUnit.INPUT, BigDecimal.valueOf(10_001)))
			.withMessageContaining("above 10000 USD");
	}

}
