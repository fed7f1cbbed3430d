package io.github.costwise.pricing;

import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.costwise.model.BilledUnit;
import io.github.costwise.spi.CatalogFormatException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/** Tests for {@link RateBounds}, alone and where prices are read. */
@Tag("thorough")
class RateBoundsTests {

	@ParameterizedTest
	@ValueSource(strings = { "0", "1e-24", "0.000001", "10000", "1e4", "0.29999999999999997", "2.9999999999999997e-7" })
	void takesWhatARateCanBe(String rate) {
		assertThatCode(() -> RateBounds.check(BilledUnit.INPUT, RateBounds.parse(rate))).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@ValueSource(strings = { "1e-25", "1e-5000000", "1e-300000000", "1e-2147483647", "1e300000000", "1e5", "10000.01",
			"-1", "-1e-300000000", "0e-300000000", "0e300000000", "0.12345678901234567890123456",
			"1234567890123456789012345678901234567890.1", "NaN", "Infinity", "" })
	void refusesAnyOtherNumberAtOnce(String rate) {
		assertTimeoutPreemptively(Duration.ofSeconds(2), () -> {
			for (int i = 0; i < 10_000; i++) {
				assertThatExceptionOfType(IllegalArgumentException.class)
					.isThrownBy(() -> RateBounds.check(BilledUnit.INPUT, RateBounds.parse(rate)))
					.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(200));
			}
		});
	}

	@Test
	void refusesLongTexts() {
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> RateBounds.parse("1" + "0".repeat(1_000_000)))
			.withMessageContaining("longer than 64 characters");
	}

	@Test
	void aSearchMayCostMoreThanATokenButNotAnything() {
		assertThatCode(() -> RateBounds.check(BilledUnit.WEB_SEARCH, new BigDecimal("25000")))
			.doesNotThrowAnyException();
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> RateBounds.check(BilledUnit.WEB_SEARCH, new BigDecimal("1e300000000")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1e-5000000", "1e-300000000", "1e300000000", "1e-2147483647", "1e99999999999" })
	void aPriceListWithSuchANumberIsReadAtOnceAndWithoutIt(String number) {
		String json = "{\"a\": {\"litellm_provider\": \"openai\", \"mode\": \"chat\", \"input_cost_per_token\": "
				+ number + ", \"output_cost_per_token\": 1e-6}}";
		assertTimeoutPreemptively(Duration.ofSeconds(2),
				() -> assertThatExceptionOfType(CatalogFormatException.class).isThrownBy(() -> {
					LiteLlmPrices read = LiteLlmReader.read("list.json", json.getBytes(StandardCharsets.UTF_8));
					PriceChecks.compared(read, new StandardPriceCatalog().known(Instant.EPOCH), BigDecimal.TEN);
				})
					.withMessageStartingWith("list.json")
					.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(300)));
	}

	@Test
	void aLineOfACatalogueNamesItsPlace() {
		CatalogFile file = CatalogFile.read("own.csv",
				new StringReader("#format 1\n#source L x\nopenai,m,,,L,,in=1e-300000000 out=1\n"));
		assertThatExceptionOfType(CatalogFormatException.class).isThrownBy(() -> file.entries().get(0).row())
			.withMessage("own.csv, line 3: the rate of INPUT has an exponent beyond 24 places: 1E-300000000");
	}

}
