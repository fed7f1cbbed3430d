package io.github.costwise.autoconfigure;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.costwise.Money;
import io.github.costwise.model.ModelId;
import io.github.costwise.model.ModelPrice;
import io.github.costwise.model.Price;
import io.github.costwise.model.PriceState;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.pricing.CostCalculator;
import io.github.costwise.pricing.LiteLlmRefresher;
import io.github.costwise.pricing.StandardPriceCatalog;
import io.github.costwise.pricing.UnknownModelPolicy;
import io.github.costwise.spi.PriceCatalog;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PricingAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
@Tag("chain")
class PricingAutoConfigurationTests {

	private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FaultsAutoConfiguration.class, PricingAutoConfiguration.class));

	@Test
	void isOnByDefaultAndReadsNothingFromOutside() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(StandardPriceCatalog.class).hasSingleBean(CostCalculator.class);
			assertThat(context).doesNotHaveBean(LiteLlmRefresher.class);
			assertThat(context.getBean(CostCalculator.class).policy()).isEqualTo(UnknownModelPolicy.WARN);
		});
	}

	@Test
	void backsOffForTheUsersCatalogue() {
		this.runner.withUserConfiguration(OwnCatalog.class)
			.withPropertyValues("costwise.pricing.litellm.location=prices.json")
			.run((context) -> {
				assertThat(context).hasSingleBean(PriceCatalog.class).doesNotHaveBean(StandardPriceCatalog.class);
				assertThat(context).doesNotHaveBean(LiteLlmRefresher.class);
				assertThat(context.getBean(CostCalculator.class).catalog().version()).isEqualTo("own");
			});
	}

	@Test
	void ownRowsBeatTheShippedOnesAndTheirAliases() {
		this.runner
			.withPropertyValues("costwise.pricing.models[0].provider=openai", "costwise.pricing.models[0].model=gpt-5",
					"costwise.pricing.models[0].input=1", "costwise.pricing.models[0].output=2",
					"costwise.pricing.models[0].cache-read=0.1", "costwise.pricing.models[0].aliases=house-model",
					"costwise.pricing.models[0].web-search=5", "costwise.pricing.models[0].rates.input-audio=7",
					"costwise.pricing.models[0].tiers[0].above=200000", "costwise.pricing.models[0].tiers[0].input=3",
					"costwise.pricing.models[0].tiers[1].service=batch",
					"costwise.pricing.models[0].tiers[1].input=0.5", "costwise.pricing.models[1].provider=internal",
					"costwise.pricing.models[1].model=*", "costwise.pricing.models[1].free=true")
			.run((context) -> {
				CostCalculator calculator = context.getBean(CostCalculator.class);
				for (String name : new String[] { "gpt-5", "gpt-5-2025-08-07", "house-model" }) {
					ModelId model = new ModelId("openai", name);
					Price price = calculator.price(model, NOW, TokenUsage.of(1000, 1000), ServiceTier.STANDARD);
					assertThat(price.amount()).isEqualTo(Money.ofUsd(new BigDecimal("0.003")));
					assertThat(price.catalogVersion()).startsWith("2026-11-23.1+own-");
					assertThat(calculator.price(model, NOW, TokenUsage.of(1000, 0), ServiceTier.BATCH).amount())
						.isEqualTo(Money.ofUsd(new BigDecimal("0.0005")));
					assertThat(calculator.price(model, NOW, TokenUsage.of(300_000, 0), ServiceTier.STANDARD).amount())
						.isEqualTo(Money.ofUsd(new BigDecimal("0.9")));
				}
				assertThat(calculator
					.price(new ModelId("internal", "anything"), NOW, TokenUsage.of(1, 1), ServiceTier.STANDARD)
					.state()).isEqualTo(PriceState.FREE);
			});
	}

	@Test
	void policyForUnknownModels() {
		this.runner.withPropertyValues("costwise.pricing.unknown-model=block")
			.run((context) -> assertThat(
					context.getBean(CostCalculator.class).blocks(new ModelId("openai", "gpt-5-foo"), NOW))
				.isTrue());
	}

	@Test
	void aCacheReadMoreExpensiveThanInputOnlyWarns(CapturedOutput output) {
		this.runner
			.withPropertyValues("costwise.pricing.models[0].provider=p", "costwise.pricing.models[0].model=m",
					"costwise.pricing.models[0].input=1", "costwise.pricing.models[0].output=2",
					"costwise.pricing.models[0].cache-read=1.5")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(output).contains("costwise.pricing.models[0].cache-read is more expensive");
			});
	}

	@ParameterizedTest
	@CsvSource({ "input=-1,negative", "input=10001,above 10000 USD", "output=2,neither free nor has an input price",
			"input=0,neither free nor has an input price", "input=1,no output price", "free=true,a model is missing" })
	void aWrongPriceFailsTheStartAndSaysWhy(String property, String reason) {
		String[] named = property.startsWith("free") ? new String[] { "provider=p" }
				: new String[] { "provider=p", "model=m" };
		ApplicationContextRunner wrong = this.runner.withPropertyValues("costwise.pricing.models[0]." + property);
		for (String name : named) {
			wrong = wrong.withPropertyValues("costwise.pricing.models[0]." + name);
		}
		wrong.run((context) -> assertThat(context).getFailure().satisfies(analysed((analysis) -> {
			assertThat(analysis.getDescription()).contains("costwise.pricing.models[0]").contains(reason);
			assertThat(analysis.getAction()).contains("'input' and 'output' in US dollars per million tokens");
		})));
	}

	@ParameterizedTest
	@CsvSource({ "location,ftp://host/prices.json", "location,http://", "read-timeout,0s", "connect-timeout,-1s",
			"refresh-interval,-1s", "max-size,0B", "max-change,1" })
	void aWrongSourceFailsTheStartAndNamesTheProperty(String property, String value) {
		this.runner
			.withPropertyValues("costwise.pricing.litellm.location=prices.json",
					"costwise.pricing.litellm." + property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.satisfies(analysed((analysis) -> assertThat(analysis.getDescription())
					.contains("costwise.pricing.litellm." + property))));
	}

	@Test
	void theFirstDiscountThatFitsHoldsWithinItsPeriod() {
		this.runner
			.withPropertyValues("costwise.pricing.discounts[0].provider=openai",
					"costwise.pricing.discounts[0].model=gpt-5-mini", "costwise.pricing.discounts[0].factor=0.8",
					"costwise.pricing.discounts[0].from=2026-11-01", "costwise.pricing.discounts[0].until=2026-12-01",
					"costwise.pricing.discounts[1].provider=openai", "costwise.pricing.discounts[1].model=gpt-5*",
					"costwise.pricing.discounts[1].service=flex", "costwise.pricing.discounts[1].rates.input=0.1",
					"costwise.pricing.discounts[1].rates.output=0.5")
			.run((context) -> {
				CostCalculator calculator = context.getBean(CostCalculator.class);
				assertThat(usd(calculator, "gpt-5-mini", "2026-11-01T00:00:00Z", ServiceTier.STANDARD))
					.containsExactly("0.0018", "0.00225");
				assertThat(usd(calculator, "gpt-5-mini", "2026-10-31T23:59:59Z", ServiceTier.STANDARD))
					.containsExactly("0.00225", "0.00225");
				assertThat(usd(calculator, "gpt-5-mini", "2026-12-01T00:00:00Z", ServiceTier.STANDARD))
					.containsExactly("0.00225", "0.00225");
				assertThat(usd(calculator, "gpt-5-mini", "2026-11-01T00:00:00Z", ServiceTier.FLEX))
					.containsExactly("0.0009", "0.001125");
				assertThat(usd(calculator, "gpt-5-nano", "2026-11-01T00:00:00Z", ServiceTier.FLEX))
					.containsExactly("0.0006", "0.000225");
				assertThat(usd(calculator, "gpt-5-nano", "2026-11-01T00:00:00Z", ServiceTier.STANDARD))
					.containsExactly("0.00045", "0.00045");
			});
	}

	private static List<String> usd(CostCalculator calculator, String model, String at, ServiceTier tier) {
		Price price = calculator.price(new ModelId("openai", model), Instant.parse(at), TokenUsage.of(1000, 1000),
				tier);
		return Stream.of(price.amount(), price.list())
			.map((money) -> money.toUsd().stripTrailingZeros().toPlainString())
			.toList();
	}

	static Stream<Arguments> wrongDiscounts() {
		return Stream.of(Arguments.of("factor=0.9", "provider=", "a provider or a model is missing"),
				Arguments.of("factor=0.9", "model=", "a provider or a model is missing"),
				Arguments.of("factor=0.9", "model=g*t", "only the end of a model may be *"),
				Arguments.of("factor=-0.1", "", "the factor is not from 0 to 10"),
				Arguments.of("factor=10.5", "", "the factor is not from 0 to 10"),
				Arguments.of("factor=0.1234567", "", "more than 6 decimal places"),
				Arguments.of("", "", "either a factor or rates"),
				Arguments.of("factor=0.9", "rates.input=1;rates.output=2", "either a factor or rates"),
				Arguments.of("rates.input=1", "", "no output price"),
				Arguments.of("rates.input=-1", "rates.output=1", "negative"),
				Arguments.of("factor=0.9", "until=2020-01-01", "it ends before it begins"));
	}

	@ParameterizedTest
	@MethodSource("wrongDiscounts")
	void aWrongDiscountFailsTheStartAndSaysWhatToChange(String one, String other, String reason) {
		List<String> properties = new ArrayList<>(List.of("provider=openai", "model=gpt-5", "from=2026-01-01", one));
		properties.addAll(List.of(other.split(";")));
		properties.removeIf(String::isEmpty);
		this.runner
			.withPropertyValues(properties.stream()
				.map((property) -> "costwise.pricing.discounts[0]." + property)
				.toArray(String[]::new))
			.run((context) -> assertThat(context).getFailure().satisfies(analysed((analysis) -> {
				assertThat(analysis.getDescription()).contains("costwise.pricing.discounts[0]").contains(reason);
				assertThat(analysis.getAction()).contains("'provider', 'model'")
					.contains("'factor'")
					.contains("'rates'");
			})));
	}

	@ParameterizedTest
	@CsvSource({ "service=turbo", "from=yesterday", "factor=a tenth", "rates.inputs=1" })
	void aDiscountThatCannotBeReadFailsTheStartAndNamesTheProperty(String property) {
		this.runner
			.withPropertyValues("costwise.pricing.discounts[0].provider=openai",
					"costwise.pricing.discounts[0].model=gpt-5", "costwise.pricing.discounts[0]." + property)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.satisfies((cause) -> assertThat(context.getStartupFailure())
					.hasStackTraceContaining("costwise.pricing.discounts[0]."
							+ property.substring(0, property.indexOf('=')).split("\\.")[0])));
	}

	private static Consumer<Throwable> analysed(Consumer<FailureAnalysis> requirements) {
		return (failure) -> {
			FailureAnalysis analysis = new CostwiseConfigurationFailureAnalyzer().analyze(failure);
			assertThat(analysis).isNotNull();
			requirements.accept(analysis);
		};
	}

	@Test
	void aPriceListIsReadInTheBackground(@TempDir Path folder) throws IOException {
		Path file = Files.writeString(folder.resolve("prices.json"), """
				{"m": {"litellm_provider": "p", "mode": "chat", "input_cost_per_token": 1e-6,
				 "output_cost_per_token": 1e-6}}""");
		this.runner.withPropertyValues("costwise.pricing.litellm.location=" + file).run((context) -> {
			LiteLlmRefresher refresher = context.getBean(LiteLlmRefresher.class);
			assertThat(refresher.refresh()).isTrue();
			assertThat(context.getBean(PriceCatalog.class).find(new ModelId("p", "m"), NOW)).isNotNull();
		});
	}

	@Test
	void anUnreachablePriceListDoesNotStopTheStart() {
		this.runner.withPropertyValues("costwise.pricing.litellm.location=/does/not/exist.json").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(LiteLlmRefresher.class).refresh()).isFalse();
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnCatalog {

		@Bean
		PriceCatalog ownCatalog() {
			return new PriceCatalog() {

				@Override
				public @Nullable ModelPrice find(ModelId model, Instant at) {
					return null;
				}

				@Override
				public String version() {
					return "own";
				}

			};
		}

	}

}
