package io.github.costwise.pricing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.ModelId;
import io.github.costwise.model.ModelPrice;
import io.github.costwise.model.Price;
import io.github.costwise.model.PriceLookup;
import io.github.costwise.model.PriceState;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.spi.PriceCatalog;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link InferredPrices}, through the catalogue. */
@Tag("unit")
class InferredPricesTests {

	private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

	private static final TokenUsage USAGE = TokenUsage.of(1000, 100);

	@ParameterizedTest
	@CsvSource({ "grok-4.5, xai", "glm-4.6, zai", "deepseek-chat, deepseek", "claude-haiku-4-5-20251001, anthropic",
			"gpt-5-nano-2025-08-07, openai", "openai/gpt-5-nano, openai" })
	void aNameOfOneProviderTellsWhoseItIs(String model, String provider) {
		PriceLookup found = new StandardPriceCatalog().lookUp(unknown(model), NOW);
		assertThat(found).isNotNull();
		assertThat(found.basis()).isEqualTo(PriceLookup.Basis.INFERRED);
		assertThat(found.provider()).isEqualTo(provider);
		ModelPrice own = new StandardPriceCatalog().find(new ModelId(provider, model), NOW);
		assertThat(own).isNotNull();
		Price inferred = found.price().price(USAGE, ServiceTier.STANDARD);
		assertThat(inferred.state()).isEqualTo(PriceState.ESTIMATED);
		assertThat(inferred.amount()).isEqualTo(own.price(USAGE, ServiceTier.STANDARD).amount());
	}

	@ParameterizedTest
	@CsvSource({ "openai/gpt-oss-20b", "my-own-llama", "gpt-5-foo", "*", "''" })
	void aNameThatSeveralSellAtTheirPricesOrNobodyTellsNothing(String model) {
		assertThat(new StandardPriceCatalog().lookUp(unknown(model), NOW)).isNull();
		assertThat(new StandardPriceCatalog().find(unknown(model), NOW)).isNull();
	}

	@Test
	void severalProvidersMustChargeTheSame() {
		StandardPriceCatalog catalog = new StandardPriceCatalog(
				List.of(row("acme", "both", "1"), row("globex", "both", "1"), row("acme", "differ", "1"),
						row("globex", "differ", "2"), PriceRow.of("free-for-all", "*").free().build()));
		assertThat(catalog.lookUp(unknown("both"), NOW)).isNotNull();
		assertThat(catalog.lookUp(unknown("differ"), NOW)).isNull();
		assertThat(catalog.lookUp(unknown("neither"), NOW)).isNull();
	}

	@Test
	void aKnownProviderIsNamed() {
		StandardPriceCatalog catalog = new StandardPriceCatalog();
		PriceLookup found = catalog.lookUp(new ModelId("openai", "gpt-5"), NOW);
		assertThat(found).isNotNull();
		assertThat(found.basis()).isEqualTo(PriceLookup.Basis.NAMED);
		assertThat(found.price().price(USAGE, ServiceTier.STANDARD).state()).isEqualTo(PriceState.EXACT);
		assertThat(catalog.lookUp(new ModelId("xai", "gpt-5"), NOW)).isNull();
	}

	@Test
	void blocksOnlyWhatStaysUnknown() {
		CostCalculator calculator = new CostCalculator(new StandardPriceCatalog(), UnknownModelPolicy.BLOCK,
				ReportedBounds.defaults());
		assertThat(calculator.blocks(unknown("grok-4.5"), NOW)).isFalse();
		assertThat(calculator.blocks(unknown("my-own-llama"), NOW)).isTrue();
	}

	private static PriceRow row(String provider, String model, String input) {
		return PriceRow.of(provider, model)
			.rate(BilledUnit.INPUT, new BigDecimal(input))
			.rate(BilledUnit.OUTPUT, BigDecimal.TEN)
			.build();
	}

	private static ModelId unknown(String model) {
		return new ModelId(PriceCatalog.UNKNOWN_PROVIDER, model);
	}

}
