package io.github.costwise.budget.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetSpan;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link ScriptTexts}.
 */
@Tag("unit")
class ScriptTextsTests {

	@Test
	void accountsAreReadAsTheyWereWritten() {
		for (BudgetAccount account : List.of(new BudgetAccount("all", ""), new BudgetAccount("a/b%2Fc", "x/y%2F"),
				new BudgetAccount("user", "/"))) {
			assertThat(ScriptTexts.account(ScriptTexts.of(account))).isEqualTo(account);
		}
		assertThat(ScriptTexts.of(new BudgetAccount("user", "ann"))).isEqualTo("user/ann");
	}

	@Test
	void spansAreReadAsTheyWereWritten() {
		Instant from = Instant.parse("2027-03-10T12:00:00Z");
		for (BudgetSpan span : List.of(BudgetSpan.TOTAL, BudgetSpan.rolling(Duration.ofMinutes(1)),
				new BudgetSpan(from, from.plusSeconds(3600), null))) {
			assertThat(ScriptTexts.span(ScriptTexts.of(span))).isEqualTo(span);
		}
		assertThat(ScriptTexts.of(BudgetSpan.TOTAL)).isEqualTo("t");
		assertThat(ScriptTexts.of(BudgetSpan.rolling(Duration.ofSeconds(1)))).isEqualTo("r1000000");
	}

	@Test
	void whatIsFinerThanAMicrosecondIsCutOff() {
		assertThat(ScriptTexts.of(Instant.ofEpochSecond(1, 1_999))).isEqualTo("1000001");
		assertThat(ScriptTexts.instant("1000001")).isEqualTo(Instant.ofEpochSecond(1, 1_000));
		assertThat(ScriptTexts.of(Instant.MIN)).isEqualTo("0");
	}

}
