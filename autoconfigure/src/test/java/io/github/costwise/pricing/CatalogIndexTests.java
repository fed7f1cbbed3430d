package io.github.costwise.pricing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.costwise.Money;
import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.ModelId;
import io.github.costwise.model.ModelPrice;
import io.github.costwise.model.Price;
import io.github.costwise.model.PriceState;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.model.TokenUsage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CatalogIndex} and {@link ModelNames}.
 */
@Tag("unit")
class CatalogIndexTests {

	private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

	private final CatalogIndex index = index(row("openai", "gpt-5", 1).aliases(List.of("gpt-5-alias")),
			row("openai", "gpt-4o", 2), row("openai", "gpt-4o-2024-05-13", 3), row("openai", "ft:gpt-4o", 4),
			row("google", "gemini-2.5-flash", 5), row("google", "gemini-9-preview", 6),
			row("anthropic", "claude-x-4-5", 7), row("bedrock", "anthropic.claude-x-4-5", 8),
			row("bedrock", "us.anthropic.claude-x-4-5", 9), row("groq", "openai/gpt-oss-20b", 10),
			row("mistral", "mistral-medium", 11), row("fireworks", "llama-v3p1-8b", 12));

	@ParameterizedTest
	@CsvSource({ "openai,gpt-5,1,EXACT", "openai,GPT-5,1,EXACT", "openai,gpt-5-alias,1,EXACT",
			"openai,openai/gpt-5,1,EXACT", "openai,gpt-5-2025-08-07,1,EXACT", "openai,gpt-4o-2024-05-13,3,EXACT",
			"openai,gpt-4o-2024-11-20,2,EXACT", "openai,ft:gpt-4o-2024-08-06:acme::abc,4,EXACT",
			"google,models/gemini-2.5-flash,5,EXACT", "gemini,gemini-2.5-flash-001,5,EXACT",
			"google,gemini-2.5-flash-preview-05-20,5,ESTIMATED", "google,gemini-2.5-flash-preview-09-2025,5,ESTIMATED",
			"google,gemini-2.5-flash-latest,5,ESTIMATED", "google,gemini-9-preview-05-20,6,EXACT",
			"anthropic,claude-x-4-5-20250929,7,EXACT", "anthropic,claude-x-4-5@20250929,7,EXACT",
			"bedrock,anthropic.claude-x-4-5-20250929-v1:0,8,EXACT",
			"bedrock,us.anthropic.claude-x-4-5-20250929-v1:0,9,EXACT",
			"bedrock,eu.anthropic.claude-x-4-5-20250929-v1:0,8,ESTIMATED",
			"bedrock,global.anthropic.claude-x-4-5-20250929-v1:0,8,ESTIMATED",
			"bedrock,arn:aws:bedrock:us-east-1:1:inference-profile/us.anthropic.claude-x-4-5-v1:0,9,EXACT",
			"groq,openai/gpt-oss-20b,10,EXACT", "fireworks_ai,accounts/fireworks/models/llama-v3p1-8b,12,EXACT" })
	void findsAModelByItsSpellings(String provider, String model, int dollars, PriceState state) {
		ModelPrice price = this.index.find(new ModelId(provider, model), NOW);
		assertThat(price).isNotNull();
		Price million = price.price(TokenUsage.of(1_000_000, 0), ServiceTier.STANDARD);
		assertThat(million.amount()).isEqualTo(Money.ofUsd(BigDecimal.valueOf(dollars)));
		assertThat(million.state()).isEqualTo(state);
	}

	@ParameterizedTest
	@CsvSource({ "openai,gpt-5-foo", "openai,gpt-5-mini-2025-08-07", "openai,gpt-5.1", "openai,gpt", "azure,gpt-5",
			"mistral,mistral-medium-2505", "anthropic,claude-x-4-6-20250929", "openai,gpt-oss-20b", "openai,''",
			"nobody,gpt-5", "openai,anthropic/gpt-5" })
	void neverGuessesAcrossFamilies(String provider, String model) {
		assertThat(this.index.find(new ModelId(provider, model), NOW)).isNull();
	}

	@Test
	void remembersNoMoreNamesThanItMay() {
		for (int i = 0; i < 3 * CatalogIndex.REMEMBERED; i++) {
			assertThat(this.index.find(new ModelId("openai", "gpt-5-made-up-" + i), NOW)).isNull();
			assertThat(this.index.rememberedNames()).isLessThanOrEqualTo(CatalogIndex.REMEMBERED);
		}
		int remembered = this.index.rememberedNames();
		assertThat(this.index.find(new ModelId("openai", "x".repeat(100_000)), NOW)).isNull();
		assertThat(this.index.rememberedNames()).isEqualTo(remembered);
		assertThat(this.index.find(new ModelId("openai", "gpt-5"), NOW)).isNotNull();
	}

	@Test
	void aStrongerLayerTakesTheAliasesWithIt() {
		CatalogIndex layered = new CatalogIndex("v",
				List.of(layer(Instant.MIN, row("p", "m", 1).aliases(List.of("m-dated")), row("p", "n", 1)),
						layer(NOW, row("p", "m-dated", 2)), layer(Instant.MIN, row("p", "m", 3))));
		assertThat(dollars(layered, "m")).isEqualTo(3);
		assertThat(dollars(layered, "m-dated")).isEqualTo(3);
		assertThat(dollars(layered, "n")).isEqualTo(1);
	}

	@Test
	void anImportKeepsTheHistoryThatHadEnded() {
		Instant change = Instant.parse("2026-06-01T00:00:00Z");
		CatalogIndex layered = new CatalogIndex("v",
				List.of(layer(Instant.MIN, row("p", "m", 1).until(change), row("p", "m", 2).from(change)),
						layer(NOW, row("p", "m", 3))));
		assertThat(dollars(layered, "m")).isEqualTo(3);
		ModelPrice old = layered.find(new ModelId("p", "m"), change.minusSeconds(1));
		assertThat(old).isNotNull();
		assertThat(old.price(TokenUsage.of(1_000_000, 0), ServiceTier.STANDARD).amount().nanos())
			.isEqualTo(1_000_000_000);
	}

	@Test
	void anOverrideThatBeginsLaterLeavesThePresent() {
		CatalogIndex layered = new CatalogIndex("v", List.of(layer(Instant.MIN, row("p", "m", 1)),
				layer(Instant.MIN, row("p", "m", 5).from(NOW.plusSeconds(1)))));
		assertThat(dollars(layered, "m")).isEqualTo(1);
	}

	private static int dollars(CatalogIndex index, String model) {
		ModelPrice price = index.find(new ModelId("p", model), NOW);
		assertThat(price).isNotNull();
		return price.price(TokenUsage.of(1_000_000, 0), ServiceTier.STANDARD).amount().toUsd().intValueExact();
	}

	private static CatalogIndex index(PriceRow.RowBuilder... rows) {
		return new CatalogIndex("v", List.of(layer(Instant.MIN, rows)));
	}

	private static CatalogLayer layer(Instant history, PriceRow.RowBuilder... rows) {
		Collection<CatalogEntry> entries = Arrays.stream(rows).map((row) -> CatalogEntry.of(row.build())).toList();
		return new CatalogLayer(entries, history);
	}

	private static PriceRow.RowBuilder row(String provider, String model, int dollars) {
		return PriceRow.of(provider, model)
			.rate(BilledUnit.INPUT, BigDecimal.valueOf(dollars))
			.rate(BilledUnit.OUTPUT, BigDecimal.valueOf(dollars));
	}

}
