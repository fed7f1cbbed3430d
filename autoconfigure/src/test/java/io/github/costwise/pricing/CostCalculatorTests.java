package io.github.costwise.pricing;

import java.math.BigDecimal;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CostCalculator}.
 */
@ExtendWith(OutputCaptureExtension.class)
class CostCalculatorTests {

	private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

	private static final ModelId KNOWN = new ModelId("openai", "gpt-5");

	private static final ModelId UNKNOWN = new ModelId("openai", "gpt-5-foo");

	private static final TokenUsage USAGE = TokenUsage.of(1000, 1000);

	private final StandardPriceCatalog catalog = new StandardPriceCatalog();

	@Test
	void warnsOncePerModel(CapturedOutput output) {
		CostCalculator calculator = new CostCalculator(this.catalog, UnknownModelPolicy.WARN);
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
		CostCalculator calculator = new CostCalculator(this.catalog, UnknownModelPolicy.BLOCK);
		assertThat(calculator.blocks(UNKNOWN, NOW)).isTrue();
		assertThat(calculator.blocks(KNOWN, NOW)).isFalse();
		assertThat(calculator.blocks(new ModelId("ollama", "whatever"), NOW)).isFalse();
	}

	@Test
	void assumesTheDearestOfTheProvider() {
		CostCalculator calculator = new CostCalculator(this.catalog, UnknownModelPolicy.ASSUME_DEAREST);
		Price price = calculator.price(UNKNOWN, NOW, USAGE, ServiceTier.STANDARD);
		assertThat(price.state()).isEqualTo(PriceState.ESTIMATED);
		Price dearest = calculator.price(new ModelId("openai", "o1-pro"), NOW, USAGE, ServiceTier.STANDARD);
		assertThat(price.amount()).isEqualTo(dearest.amount());
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
		CostCalculator calculator = new CostCalculator(empty, UnknownModelPolicy.ASSUME_DEAREST);
		assertThat(calculator.price(KNOWN, NOW, USAGE, ServiceTier.STANDARD)).isEqualTo(Price.unknown("empty"));
	}

	@Test
	void pricesKnownModelsExactly() {
		CostCalculator calculator = new CostCalculator(this.catalog, UnknownModelPolicy.WARN);
		Price price = calculator.price(KNOWN, NOW, USAGE, ServiceTier.STANDARD);
		assertThat(price.amount()).isEqualTo(Money.ofUsd(new BigDecimal("0.01125")));
		assertThat(price.state()).isEqualTo(PriceState.EXACT);
	}

}
