package io.github.costwise.pricing;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.CatalogInfo;
import io.github.costwise.model.ModelId;
import io.github.costwise.model.ModelPrice;
import io.github.costwise.model.Price;
import io.github.costwise.model.PriceState;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.model.TokenUsage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Tests of the shipped catalogue as data.
 */
@Tag("unit")
class CatalogDataTests {

	private static final Instant TODAY = Instant.parse("2026-11-23T12:00:00Z");

	private final CatalogFile file = CatalogFile.shipped();

	@Test
	void knowsAThousandModelsOfTheMainProviders() {
		assertThat(new StandardPriceCatalog().info().models()).isGreaterThan(1_000);
		assertThat(this.file.entries().stream().map((entry) -> entry.id().provider()).collect(Collectors.toSet()))
			.contains("openai", "azure", "anthropic", "google", "vertex_ai", "bedrock", "mistral", "deepseek", "xai",
					"groq", "cohere", "together", "fireworks", "perplexity", "voyage", "ollama");
	}

	@Test
	void everyRowCanBeReadAndItsRatesFitTogether() {
		for (CatalogEntry entry : this.file.entries()) {
			assertThatCode(() -> PriceChecks.ratios(entry.row())).as("%s", entry.id()).doesNotThrowAnyException();
			assertThat(ModelNames.canonical(entry.id().provider(), entry.id().model())).isEqualTo(entry.id());
		}
	}

	@Test
	void anHourOfClaudeCacheCostsTwiceTheInput() {
		this.file.entries()
			.stream()
			.map(CatalogEntry::row)
			.filter((row) -> row.id().model().contains("claude"))
			.forEach((row) -> row.rates().forEach((band, rates) -> {
				BigDecimal hour = rates.get(BilledUnit.CACHE_WRITE_1H);
				if (hour != null) {
					assertThat(hour).as("%s %s", row.id(), band)
						.isEqualByComparingTo(rates.get(BilledUnit.INPUT).multiply(BigDecimal.valueOf(2)));
				}
			}));
	}

	@Test
	void noModelHasTwoPricesAtOneTime() {
		Map<ModelId, List<CatalogEntry>> byModel = this.file.entries()
			.stream()
			.collect(Collectors.groupingBy(CatalogEntry::id, HashMap::new, Collectors.toList()));
		byModel.forEach((id, rows) -> {
			rows.sort(Comparator.comparing(CatalogEntry::from));
			for (int i = 1; i < rows.size(); i++) {
				assertThat(rows.get(i).from()).as("%s", id).isEqualTo(rows.get(i - 1).until());
			}
		});
	}

	@Test
	void noNameIsUsedTwice() {
		Set<ModelId> names = this.file.entries().stream().map(CatalogEntry::id).collect(Collectors.toSet());
		Set<ModelId> seen = new HashSet<>(names);
		this.file.entries()
			.forEach((entry) -> entry.aliases()
				.forEach((alias) -> assertThat(seen.add(new ModelId(entry.id().provider(), alias)))
					.as("%s, alias of %s, is new", alias, entry.id())
					.isTrue()));
	}

	@Test
	void isSorted() {
		assertThat(this.file.entries())
			.isSortedAccordingTo(Comparator.comparing((CatalogEntry entry) -> entry.id().provider())
				.thenComparing((entry) -> entry.id().model())
				.thenComparing(CatalogEntry::from));
	}

	@ParameterizedTest
	@CsvSource({ "openai,gpt-4o-mini-2024-07-18,150000,600000", "openai,text-embedding-3-small,20000,0",
			"anthropic,claude-sonnet-4-5-20250929,3000000,15000000", "google,gemini-2.5-flash,300000,2500000",
			"mistral,mistral-embed,100000,0", "bedrock,amazon.titan-embed-text-v2:0,20000,0",
			"openai,gpt-5.6-luna,200000,1200000", "openai,ft:gpt-4o-mini-2024-07-18:acme::x1,300000,1200000" })
	void knowsWhatAThousandTokensCost(String provider, String model, long inputNanos, long outputNanos) {
		ModelPrice price = new StandardPriceCatalog().find(new ModelId(provider, model), TODAY);
		assertThat(price).isNotNull();
		assertThat(price.price(TokenUsage.of(1000, 0), ServiceTier.STANDARD).amount().nanos()).isEqualTo(inputNanos);
		assertThat(price.price(TokenUsage.of(0, 1000), ServiceTier.STANDARD).amount().nanos()).isEqualTo(outputNanos);
		assertThat(price.price(TokenUsage.of(1, 1), ServiceTier.STANDARD).state()).isEqualTo(PriceState.EXACT);
	}

	@Test
	void pricesHistoryAtTheRatesOfItsDay() {
		StandardPriceCatalog catalog = new StandardPriceCatalog();
		ModelId luna = new ModelId("openai", "gpt-5.6-luna");
		ModelPrice before = catalog.find(luna, Instant.parse("2026-07-29T23:59:59Z"));
		ModelPrice after = catalog.find(luna, Instant.parse("2026-07-30T00:00:00Z"));
		assertThat(before).isNotNull();
		assertThat(after).isNotNull();
		assertThat(before.price(TokenUsage.of(1000, 0), ServiceTier.STANDARD).amount().nanos()).isEqualTo(1_000_000);
		assertThat(after.price(TokenUsage.of(1000, 0), ServiceTier.STANDARD).amount().nanos()).isEqualTo(200_000);
	}

	/**
	 * What a million tokens in and out cost on the day before a price changed, and on the
	 * day: the price pages of Google, Mistral, OpenAI, Amazon Bedrock, xAI, Anthropic and
	 * Z.ai, 2026-11.
	 */
	@ParameterizedTest
	@CsvSource({ "google, gemini-3.6-flash, 2027-01-01, FLEX, 2.25, 4.5",
			"google, gemini-3.7-flash, 2027-01-01, BATCH, 2.25, 4.5",
			"google, gemini-3.8-flash, 2027-01-01, PRIORITY, 8.1, 16.2",
			"google, gemini-4-argon, 2026-12-01, FLEX, 6, 12",
			"google, gemini-4-argon, 2026-12-01, PRIORITY, 21.6, 43.2",
			"google, gemini-robotics-er-2-preview, 2027-01-01, BATCH, 3, 6",
			"google, gemini-3.8-flash-tts, 2027-01-01, PRIORITY, 17.1, 34.2",
			"mistral, mistral-large-4, 2026-10-20, BATCH, 1.385, 2.77",
			"mistral, mistral-large-4, 2026-10-29, BATCH, 2.77, 1.4",
			"openai, gpt-5.6-luna, 2026-07-30, STANDARD, 11, 2.2", "openai, gpt-5.6-sol, 2026-08-21, STANDARD, 55, 38",
			"bedrock, openai.gpt-5.6-sol, 2026-08-21, STANDARD, 60.5, 41.8",
			"xai, grok-4-latest, 2026-05-15, STANDARD, 36, 7.5",
			"anthropic, claude-opus-4-6, 2026-03-13, STANDARD, 47.5, 30",
			"zai, glm-5.3-flash, 2026-09-10, STANDARD, 0.325, 0.65" })
	void aChangeOfThePriceKeepsItsClassesAndSizes(String provider, String model, LocalDate day, ServiceTier tier,
			BigDecimal before, BigDecimal after) {
		Instant change = day.atStartOfDay(ZoneOffset.UTC).toInstant();
		assertThat(ofAMillion(provider, model, change.minusMillis(1), tier)).isEqualByComparingTo(before);
		assertThat(ofAMillion(provider, model, change, tier)).isEqualByComparingTo(after);
	}

	private static BigDecimal ofAMillion(String provider, String model, Instant at, ServiceTier tier) {
		ModelPrice price = new StandardPriceCatalog().find(new ModelId(provider, model), at);
		assertThat(price).isNotNull();
		Price whole = price.price(TokenUsage.of(1_000_000, 1_000_000), tier);
		assertThat(whole.state()).isEqualTo(PriceState.EXACT);
		return whole.amount().toUsd();
	}

	@Test
	void tellsItsAge() {
		CatalogInfo info = new StandardPriceCatalog().info();
		assertThat(info.version()).startsWith(info.asOf().toString());
		assertThat(info.age(Instant.parse(info.asOf() + "T00:00:00Z").plus(Duration.ofDays(3))))
			.isEqualTo(Duration.ofDays(3));
		assertThat(info.age(Instant.EPOCH)).isZero();
	}

}
