package io.github.costwise.pricing;

import java.math.BigDecimal;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.Money;
import io.github.costwise.model.ModelId;
import io.github.costwise.model.ModelPrice;
import io.github.costwise.model.Price;
import io.github.costwise.model.PriceReason;
import io.github.costwise.model.PriceState;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.spi.PriceCatalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CostCalculator}.
 */
@ExtendWith(OutputCaptureExtension.class)
@Tag("chain")
class CostCalculatorTests {

	private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

	private static final ModelId KNOWN = new ModelId("openai", "gpt-5");

	private static final ModelId UNKNOWN = new ModelId("openai", "gpt-5-foo");

	private static final TokenUsage USAGE = TokenUsage.of(1000, 1000);

	private final StandardPriceCatalog catalog = new StandardPriceCatalog();

	private final CostCalculator believing = new CostCalculator(this.catalog, UnknownModelPolicy.WARN,
			ReportedBounds.defaults());

	@Test
	void warnsOncePerModel(CapturedOutput output) {
		CostCalculator calculator = new CostCalculator(this.catalog, UnknownModelPolicy.WARN,
				ReportedBounds.defaults());
		for (int i = 0; i < 3; i++) {
			Price price = calculator.price(UNKNOWN, NOW, USAGE, ServiceTier.STANDARD);
			assertThat(price.state()).isEqualTo(PriceState.UNKNOWN);
			assertThat(price.amount()).isEqualTo(Money.ZERO);
			assertThat(price.catalogVersion()).isEqualTo(this.catalog.version());
		}
		assertThat(output.getOut()).containsOnlyOnce("no price is known for openai/gpt-5-foo");
		assertThat(calculator.blocks(UNKNOWN, NOW)).isFalse();
	}

	@Test
	void blocksOnlyUnknownModels() {
		CostCalculator calculator = new CostCalculator(this.catalog, UnknownModelPolicy.BLOCK,
				ReportedBounds.defaults());
		assertThat(calculator.blocks(UNKNOWN, NOW)).isTrue();
		assertThat(calculator.blocks(KNOWN, NOW)).isFalse();
		assertThat(calculator.blocks(new ModelId("ollama", "whatever"), NOW)).isFalse();
	}

	@Test
	void assumesTheMostExpensiveOfTheProvider() {
		CostCalculator calculator = new CostCalculator(this.catalog, UnknownModelPolicy.ASSUME_MOST_EXPENSIVE,
				ReportedBounds.defaults());
		Price price = calculator.price(UNKNOWN, NOW, USAGE, ServiceTier.STANDARD);
		assertThat(price.state()).isEqualTo(PriceState.ESTIMATED);
		Price mostExpensive = calculator.price(new ModelId("openai", "o1-pro"), NOW, USAGE, ServiceTier.STANDARD);
		assertThat(price.amount()).isEqualTo(mostExpensive.amount());
		Price elsewhere = calculator.price(new ModelId("nobody", "m"), NOW, USAGE, ServiceTier.STANDARD);
		assertThat(elsewhere.amount()).isGreaterThanOrEqualTo(price.amount());
		assertThat(elsewhere.state()).isEqualTo(PriceState.ESTIMATED);
	}

	@Test
	void aCatalogueWithoutAssumptionsLeavesTheModelUnknown() {
		PriceCatalog empty = new PriceCatalog() {

			@Override
			public @Nullable ModelPrice find(ModelId model, Instant at) {
				return null;
			}

			@Override
			public String version() {
				return "empty";
			}

		};
		CostCalculator calculator = new CostCalculator(empty, UnknownModelPolicy.ASSUME_MOST_EXPENSIVE,
				ReportedBounds.defaults());
		assertThat(calculator.price(KNOWN, NOW, USAGE, ServiceTier.STANDARD))
			.isEqualTo(Price.unknown("empty", PriceReason.MODEL_UNKNOWN));
	}

	@Test
	void pricesKnownModelsExactly() {
		CostCalculator calculator = new CostCalculator(this.catalog, UnknownModelPolicy.WARN,
				ReportedBounds.defaults());
		Price price = calculator.price(KNOWN, NOW, USAGE, ServiceTier.STANDARD);
		assertThat(price.amount()).isEqualTo(Money.ofUsd(new BigDecimal("0.01125")));
		assertThat(price.state()).isEqualTo(PriceState.EXACT);
	}

	@ParameterizedTest
	@CsvSource({ "0.2, EXACT", "0.225, EXACT", "1.01125, EXACT", "1.02, ESTIMATED", "900000, ESTIMATED" })
	void believesReportedAmountsNearTheCatalogue(BigDecimal usd, PriceState state) {
		Price price = reported(usd, KNOWN);
		assertThat(price.amount()).isEqualTo(Money.ofUsd(usd));
		assertThat(price.state()).isEqualTo(state);
	}

	@ParameterizedTest
	@CsvSource({ "1000, EXACT", "1000.01, ESTIMATED" })
	void believesReportedAmountsOfUnknownModelsUpToABound(BigDecimal usd, PriceState state) {
		assertThat(reported(usd, UNKNOWN).state()).isEqualTo(state);
	}

	@Test
	void noCallCostsMoreThanAMillion(CapturedOutput output) {
		for (int i = 0; i < 2; i++) {
			Price price = reported(new BigDecimal("9000000000"), KNOWN);
			assertThat(price.amount()).isEqualTo(Money.ofUsd(new BigDecimal("0.01125")));
			assertThat(price.state()).isEqualTo(PriceState.ESTIMATED);
		}
		assertThat(reported(new BigDecimal("9000000000"), UNKNOWN).state()).isEqualTo(PriceState.UNKNOWN);
		assertThat(output.getOut()).containsOnlyOnce("reported for a call of " + KNOWN + ",");
	}

	@Test
	void refusesBoundsThatNoAmountKeeps() {
		assertThatExceptionOfType(CostwiseConfigurationException.class)
			.isThrownBy(() -> new ReportedBounds(BigDecimal.ZERO, BigDecimal.TEN))
			.withMessageContaining("costwise.pricing.reported.max-factor");
	}

	private Price reported(BigDecimal usd, ModelId model) {
		return this.believing.reported(usd, new PriceRequest(model, NOW, ServiceTier.STANDARD), USAGE);
	}

}
