package io.github.costwise.pricing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.costwise.Money;
import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.ModelId;
import io.github.costwise.model.Price;
import io.github.costwise.model.PriceReason;
import io.github.costwise.model.PriceState;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.spi.PriceCatalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Negotiated prices: whose calls have them, and what they come to.
 */
@Tag("unit")
class DiscountTests {

	private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

	private static final ModelId MODEL = new ModelId("openai", "gpt-5-mini-2025-08-07");

	private static final TokenUsage USAGE = TokenUsage.builder()
		.add(BilledUnit.INPUT, 1000)
		.add(BilledUnit.CACHE_READ, 300)
		.add(BilledUnit.OUTPUT, 77)
		.add(BilledUnit.WEB_SEARCH, 1)
		.build();

	private final PriceCatalog catalog = new StandardPriceCatalog();

	@Test
	void aFactorIsRoundedOnce() {
		Price price = price(MODEL, ServiceTier.STANDARD, factor("gpt-5-mini", null, "0.333333"));
		Price list = price(MODEL, ServiceTier.STANDARD);
		assertThat(price.list()).isEqualTo(list.amount());
		BigDecimal exact = new BigDecimal("0.25").multiply(new BigDecimal(1000))
			.add(new BigDecimal("0.025").multiply(new BigDecimal(300)))
			.add(new BigDecimal("2").multiply(new BigDecimal(77)))
			.add(new BigDecimal("10000"))
			.multiply(new BigDecimal("0.333333"))
			.movePointRight(3);
		assertThat(price.amount().nanos())
			.isEqualTo(exact.setScale(0, java.math.RoundingMode.HALF_EVEN).longValueExact());
		assertThat(sum(price)).isEqualTo(price.amount());
		assertThat(price.state()).isEqualTo(PriceState.EXACT);
	}

	@ParameterizedTest
	@CsvSource({ "openai, gpt-5-mini, true", "OpenAI, GPT-5-MINI, true", "openai, gpt-5-mini-2025-08-07, true",
			"openai, gpt-5*, true", "openai, *, true", "openai, gpt-5, false", "openai, gpt-4*, false",
			"azure, gpt-5-mini, false", "openai, gpt-5-mini-2025*, true" })
	void namesModelsByAnyOfTheirNamesOrTheBeginningOfOne(String provider, String model, boolean concerned) {
		Discount discount = new Discount(provider, model, null, Instant.MIN, Instant.MAX, new BigDecimal("0.5"), null);
		Price price = price(MODEL, ServiceTier.STANDARD, discount);
		assertThat(price.amount().equals(price.list())).isEqualTo(!concerned);
	}

	@ParameterizedTest
	@CsvSource({ "2026-11-23T00:00:00Z, 2026-11-24T00:00:00Z, true",
			"2026-11-22T00:00:00Z, 2026-11-23T00:00:00Z, false",
			"2026-11-23T00:00:00.000000001Z, 2026-11-24T00:00:00Z, false" })
	void holdsFromItsFirstInstantUntilBeforeItsLast(Instant from, Instant until, boolean holds) {
		Discount discount = new Discount("openai", "*", null, from, until, new BigDecimal("0.5"), null);
		Price price = price(MODEL, ServiceTier.STANDARD, discount);
		assertThat(price.amount().equals(price.list())).isEqualTo(!holds);
	}

	@Test
	void isForOneProcessingClassWhereItNamesOne() {
		Discount batch = factor("*", ServiceTier.BATCH, "0.5");
		Price standard = price(MODEL, ServiceTier.STANDARD, batch);
		assertThat(standard.amount()).isEqualTo(standard.list());
		Price batched = price(MODEL, ServiceTier.BATCH, batch);
		assertThat(batched.amount()).isLessThan(batched.list());
		assertThat(batched.list()).isEqualTo(price(MODEL, ServiceTier.BATCH).amount());
	}

	@Test
	void theFirstThatFitsHolds() {
		Price price = price(MODEL, ServiceTier.STANDARD, factor("gpt-4*", null, "0.1"), factor("gpt-5*", null, "1"),
				factor("*", null, "0.5"));
		assertThat(price.amount()).isEqualTo(price.list());
	}

	@Test
	void ownRatesStandInPlaceOfTheListAndSearchesKeepTheirFee() {
		PriceRow own = PriceRow.of("openai", "gpt-5-mini")
			.rate(BilledUnit.INPUT, BigDecimal.ONE)
			.rate(BilledUnit.OUTPUT, BigDecimal.TEN)
			.build();
		Price price = price(MODEL, ServiceTier.STANDARD,
				new Discount("openai", "gpt-5-mini", null, Instant.MIN, Instant.MAX, null, own));
		assertThat(price.amount().nanos()).isEqualTo(1_000_000 + 300_000 + 770_000 + 10_000_000);
		assertThat(price.list()).isEqualTo(price(MODEL, ServiceTier.STANDARD).amount());
		assertThat(price.reasons()).as("a rate of cached tokens is not stated")
			.containsExactly(PriceReason.RATES_INCOMPLETE);
		Price plain = calculator(new Discount("openai", "gpt-5-mini", null, Instant.MIN, Instant.MAX, null, own))
			.price(new PriceRequest(MODEL, NOW, ServiceTier.STANDARD), TokenUsage.of(1000, 77));
		assertThat(plain.state()).isEqualTo(PriceState.EXACT);
		assertThat(plain.amount().nanos()).isEqualTo(1_770_000);
	}

	@ParameterizedTest
	@CsvSource({ "false, false", "true, true" })
	void detailsThatWereDroppedMatterWhereOwnRatesTellThemApart(boolean apart, boolean doubted) {
		PriceRow.RowBuilder own = PriceRow.of("acme", "own")
			.rate(BilledUnit.INPUT, BigDecimal.ONE)
			.rate(BilledUnit.OUTPUT, BigDecimal.TEN);
		PriceRow rates = (apart ? own.rate(BilledUnit.CACHE_READ, BigDecimal.ONE) : own).build();
		Price price = calculator(new Discount("acme", "own", null, Instant.MIN, Instant.MAX, null, rates)).price(
				new PriceRequest(new ModelId("acme", "own"), NOW, ServiceTier.STANDARD), TokenUsage.of(1000, 77),
				Set.of(PriceReason.DETAILS_DROPPED));
		assertThat(price.reasons().contains(PriceReason.DETAILS_DROPPED)).isEqualTo(doubted);
		assertThat(price.state()).isEqualTo(doubted ? PriceState.ESTIMATED : PriceState.EXACT);
	}

	@Test
	void ownRatesPriceAModelThatTheListDoesNotKnow() {
		PriceRow own = PriceRow.of("openai", "secret")
			.rate(BilledUnit.INPUT, BigDecimal.ONE)
			.rate(BilledUnit.OUTPUT, BigDecimal.TEN)
			.build();
		Discount discount = new Discount("openai", "secret", null, Instant.MIN, Instant.MAX, null, own);
		ModelId secret = new ModelId("openai", "secret");
		Price price = price(secret, ServiceTier.STANDARD, discount);
		assertThat(price.state()).isEqualTo(PriceState.ESTIMATED);
		assertThat(price.reasons()).containsExactly(PriceReason.FEE_ASSUMED);
		assertThat(price.list()).isEqualTo(price.amount());
		CostCalculator blocking = new CostCalculator(this.catalog, UnknownModelPolicy.BLOCK, ReportedBounds.defaults(),
				List.of(discount));
		assertThat(blocking.blocks(secret, NOW)).isFalse();
		assertThat(blocking.blocks(new ModelId("openai", "other-secret"), NOW)).isTrue();
	}

	@Test
	void aFactorOnAnUnknownPriceStaysUnknown() {
		Price price = price(new ModelId("openai", "nobody-knows"), ServiceTier.STANDARD, factor("*", null, "0.5"));
		assertThat(price.state()).isEqualTo(PriceState.UNKNOWN);
		assertThat(price.amount()).isEqualTo(Money.ZERO);
	}

	@Test
	void aFactorOfZeroIsFreeAtAListPrice() {
		Price price = price(MODEL, ServiceTier.STANDARD, factor("*", null, "0"));
		assertThat(price.amount()).isEqualTo(Money.ZERO);
		assertThat(price.list()).isGreaterThan(Money.ZERO);
	}

	@Test
	void reportedAmountsHaveNoDiscount() {
		CostCalculator calculator = calculator(factor("*", null, "0.5"));
		Price price = calculator.reported(new BigDecimal("0.01"), new PriceRequest(MODEL, NOW, ServiceTier.STANDARD),
				USAGE);
		assertThat(price.amount()).isEqualTo(Money.ofUsd(new BigDecimal("0.01"))).isEqualTo(price.list());
	}

	@Test
	void aRegionCostsATenthMoreForTokensAlone() {
		PriceRequest regional = new PriceRequest(MODEL, NOW, ServiceTier.STANDARD, true);
		Price plain = price(MODEL, ServiceTier.STANDARD);
		Price price = calculator().price(regional, USAGE);
		assertThat(price.other()).isEqualTo(plain.other());
		assertThat(price.input().nanos()).isEqualTo(275_000);
		assertThat(price.reasons()).containsExactly(PriceReason.REGION_ASSUMED);
		Price both = calculator(factor("*", null, "0.5")).price(regional, USAGE);
		assertThat(both.list()).isEqualTo(price.amount());
		assertThat(both.input().nanos()).isEqualTo(137_500);
	}

	@Test
	void partsAddUpAndTheListIsThatWithoutDiscountWhateverTheUsage() {
		Random random = new Random(7);
		for (int i = 0; i < 2000; i++) {
			TokenUsage.UsageBuilder usage = TokenUsage.builder();
			for (BilledUnit unit : BilledUnit.values()) {
				usage.add(unit, random.nextInt(4) * random.nextInt(100_000));
			}
			PriceRequest request = new PriceRequest(MODEL, NOW, ServiceTier.values()[random.nextInt(5)],
					random.nextBoolean());
			BigDecimal factor = BigDecimal.valueOf(random.nextInt(1_000_001), 6);
			TokenUsage used = usage.build();
			Price price = calculator(factor("*", null, factor.toPlainString())).price(request, used);
			assertThat(sum(price)).as("%s of %s", factor, used).isEqualTo(price.amount());
			assertThat(price.list()).isEqualTo(calculator().price(request, used).amount());
			assertThat(price.amount()).isLessThanOrEqualTo(price.list());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "-0.1", "10.01", "0.1234567", "1e-500000" })
	void refusesFactorsThatAreNone(BigDecimal factor) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Discount("openai", "*", null, Instant.MIN, Instant.MAX, factor, null));
	}

	@Test
	void refusesWhatIsNoDiscount() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Discount("openai", "*", null, Instant.MIN, Instant.MAX, null, null));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Discount(" ", "*", null, Instant.MIN, Instant.MAX, BigDecimal.ONE, null));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Discount("openai", "g*t", null, Instant.MIN, Instant.MAX, BigDecimal.ONE, null));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Discount("openai", "*", null, NOW, NOW, BigDecimal.ONE, null));
	}

	private static Money sum(Price price) {
		return price.input().plus(price.cached()).plus(price.output()).plus(price.other());
	}

	private static Discount factor(String model, @Nullable ServiceTier tier, String factor) {
		return new Discount("openai", model, tier, Instant.MIN, Instant.MAX, new BigDecimal(factor), null);
	}

	private Price price(ModelId model, ServiceTier tier, Discount... discounts) {
		return calculator(discounts).price(new PriceRequest(model, NOW, tier), USAGE);
	}

	private CostCalculator calculator(Discount... discounts) {
		return new CostCalculator(this.catalog, UnknownModelPolicy.WARN, ReportedBounds.defaults(), List.of(discounts));
	}

}
