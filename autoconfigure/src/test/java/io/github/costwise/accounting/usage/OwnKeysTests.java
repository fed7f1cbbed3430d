package io.github.costwise.accounting.usage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.costwise.accounting.usage.ReportedCosts.Amount;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link OwnKeys}, through the amounts of whole bodies. */
@Tag("unit")
class OwnKeysTests {

	static List<Map<String, Object>> ownKeys() {
		return List.of(Map.of("is_byok", true), Map.of("is_byok", "true"), Map.of("isByok", true), Map.of("byok", true),
				Map.of("is_byok", 1), Map.of("usedBYOK", "TRUE"),
				Map.of("cost_details", Map.of("upstream_inference_cost", 0.02, "is_byok", true)));
	}

	static List<Map<String, Object>> keysOfTheGateway() {
		return List.of(Map.of("is_byok", false), Map.of("is_byok", "False"), Map.of("byok", false),
				Map.of("is_byok", 0), Map.of("cost", 0.03), Map.of("cost", 0.02), Map.of("byok_fee", 0.001, "cost", 3));
	}

	@ParameterizedTest
	@MethodSource("ownKeys")
	void theProvidersAmountComesOnTopOfTheFee(Map<String, Object> flag) {
		Amount amount = amount(flag);
		assertThat(amount.usd()).isEqualByComparingTo("0.021");
		assertThat(amount.isDoubted()).isFalse();
	}

	@ParameterizedTest
	@MethodSource("keysOfTheGateway")
	void whatTheGatewayChargesForItsOwnKeyIsAll(Map<String, Object> flag) {
		Amount amount = amount(flag);
		assertThat(amount.usd()).isEqualByComparingTo(flag.getOrDefault("cost", 0.001).toString());
		assertThat(amount.isDoubted()).isFalse();
	}

	@Test
	void aPartThatIsMoreThanTheWholeComesOnTop() {
		assertThat(amount(Map.of()).usd()).isEqualByComparingTo("0.021");
		assertThat(amount(Map.of()).isDoubted()).isTrue();
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "0.02, -, -, 0.021, false", "0, 0.01, 0.02, 0.031, true", "-, 0.01, 0.02, 0.031, true",
					"-, 0.01, -, -, false", "-, 0, 0, -, false", "0, -, -, -, false", "-0.02, -, -, -, false",
					"free, -, -, -, false", "1e999, -, -, -, false" })
	void anOwnKeyNeedsTheProvidersAmount(String total, String prompt, String completion, String usd, boolean doubted) {
		Map<String, Object> details = new HashMap<>();
		details.put("upstream_inference_cost", total);
		details.put("upstream_inference_prompt_cost", prompt);
		details.put("upstream_inference_completions_cost", completion);
		Amount amount = amount(Map.of("is_byok", true, "cost_details", details));
		assertThat(amount.isReported()).isTrue();
		assertThat(amount.isDoubted()).isEqualTo(doubted);
		assertThat((amount.usd() != null) ? amount.usd().toPlainString() : null).isEqualTo(usd);
	}

	private static Amount amount(Map<String, Object> more) {
		Map<String, Object> body = new HashMap<>(
				Map.of("cost", 0.001, "cost_details", Map.of("upstream_inference_cost", 0.02)));
		body.putAll(more);
		return ReportedCosts.of(new MapFields(body));
	}

}
