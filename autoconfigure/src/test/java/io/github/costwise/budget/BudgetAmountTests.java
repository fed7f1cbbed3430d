package io.github.costwise.budget;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.costwise.model.BudgetUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of {@link BudgetAmount}.
 */
@Tag("unit")
class BudgetAmountTests {

	@ParameterizedTest
	@CsvSource({ "20 USD,20000000000,USD", "0.02 usd,20000000,USD", " 1_000.5   USD ,1000500000000,USD", "0 USD,0,USD",
			"0.000000001 USD,1,USD", "10000 tokens,10000,TOKENS", "1 token,1,TOKENS", "5 in-flight,5,IN_FLIGHT",
			"1_000 calls,1000,CALLS", "1 call,1,CALLS", "20 turns,20,TURNS", "7 input-tokens,7,INPUT_TOKENS",
			"7 output-tokens,7,OUTPUT_TOKENS", "1e3 tokens,1000,TOKENS", "2000000000 USD,2000000000000000000,USD" })
	void amountsHaveAUnit(String text, long value, BudgetUnit unit) {
		assertThat(BudgetAmount.parse(text)).isEqualTo(new BudgetAmount(value, unit));
	}

	@ParameterizedTest
	@EnumSource
	void whatIsSaidCanBeRead(BudgetUnit unit) {
		BudgetAmount amount = new BudgetAmount(1_234_567_890, unit);
		assertThat(BudgetAmount.parse(amount.toString())).isEqualTo(amount);
	}

	@ParameterizedTest
	@ValueSource(strings = { "20", "USD", "", "20 EUR", "20 $", "20USD", "-1 USD", "twenty USD", "1.5 tokens",
			"0.0000000001 USD", "1e30 USD", "1e999999999 USD", "1e-999999999 USD", "1e999999999 tokens",
			"9223372036854775808 tokens", "10000000000 USD", "3000000000 USD", "1 USD 2", "NaN USD", "1 2 USD" })
	void whatIsNoAmountIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> BudgetAmount.parse(text))
			.satisfies((ex) -> assertThat(ex.getMessage()).isNotBlank());
	}

	@Test
	void anotherCurrencyIsNamed() {
		assertThatIllegalArgumentException().isThrownBy(() -> BudgetAmount.parse("20 EUR"))
			.withMessageContaining("'EUR'")
			.withMessageContaining("prices are in USD");
	}

}
