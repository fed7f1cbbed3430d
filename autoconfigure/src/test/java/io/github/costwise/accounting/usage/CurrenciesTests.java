package io.github.costwise.accounting.usage;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link Currencies}. */
@Tag("unit")
class CurrenciesTests {

	private static final BigDecimal AMOUNT = new BigDecimal("0.04");

	static List<Map<String, Object>> others() {
		return List.of(Map.of("currency", "EUR"), Map.of("cost_currency", "cny"), Map.of("currencyCode", "INR"),
				Map.of("billing_currency", "GBP"), Map.of("currency", Map.of("code", "JPY")),
				Map.of("cost_unit", "cents"), Map.of("unit_of_cost", "credits"), Map.of("cost_rub", 0.04),
				Map.of("cost_rub", "0.0400"), Map.of("totalEUR", 0.04), Map.of("price-inr", new BigDecimal("4e-2")),
				Map.of("chf", 0.04));
	}

	static List<Map<String, Object>> dollars() {
		return List.of(Map.of(), Map.of("currency", "USD"), Map.of("currency", " usd "), Map.of("currency", ""),
				Map.of("cost_currency", "Usd"), Map.of("cost_unit", "USD"), Map.of("cost_usd", 0.04),
				Map.of("cost_eur", 0.037), Map.of("cost_usd", 0.04, "cost_eur", 0.037), Map.of("unit", "tokens"),
				Map.of("units", 3), Map.of("prompt_tokens", 0.04), Map.of("cost_rub", List.of(0.04)),
				Map.of("cost_euros", 0.04));
	}

	@ParameterizedTest
	@MethodSource("others")
	void anotherCurrencyIsRecognisedUnderAnyName(Map<String, Object> body) {
		assertThat(Currencies.areDollars(AMOUNT, new MapFields(body))).isFalse();
		assertThat(Currencies.areDollars(AMOUNT, UsageFields.NONE, new MapFields(body))).isFalse();
	}

	@ParameterizedTest
	@MethodSource("dollars")
	void whatSaysNothingElseIsDollars(Map<String, Object> body) {
		assertThat(Currencies.areDollars(AMOUNT, new MapFields(body))).isTrue();
	}

	@Test
	void nothingIsTheSameInEveryCurrency() {
		assertThat(Currencies.areDollars(BigDecimal.ZERO, new MapFields(Map.of("cost_rub", 0)))).isTrue();
	}

	@Test
	void oddBodiesAreSafe() {
		Random random = new Random(7);
		for (int i = 0; i < 1_000; i++) {
			StringBuilder name = new StringBuilder();
			random.ints(random.nextInt(20), 1, 0x2FFFF)
				.filter(Character::isValidCodePoint)
				.forEach(name::appendCodePoint);
			Map<String, Object> body = Map.of(name.toString(), name.toString());
			assertThat(Currencies.areDollars(AMOUNT, new MapFields(body))).isTrue();
		}
	}

	@ParameterizedTest
	@CsvSource({ "cost_rub, cost rub", "costRUB, cost rub", "totalCostEur, total cost eur", "is-byok, is byok",
			"isBYOK, is byok", "__a__1b, a b", "COST, cost", "'', ''" })
	void namesAreMadeOfWords(String name, String words) {
		assertThat(String.join(" ", NameWords.of(name))).isEqualTo(words);
	}

}
