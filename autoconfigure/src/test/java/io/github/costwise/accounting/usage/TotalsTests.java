package io.github.costwise.accounting.usage;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link Totals}. */
@Tag("unit")
class TotalsTests {

	@ParameterizedTest
	@CsvSource({ "100, 10, 110, 40, 0, false, false", "100, 10, 150, 40, 0, true, false",
			"100, 10, 110, 40, 5, false, false", "100, 10, 115, 40, 5, false, true", "100, 10, 155, 40, 5, true, true",
			"100, 10, 0, 40, 5, false, false", "100, 10, 0, 400, 0, true, false", "100, 10, 110, 400, 0, false, false",
			"100, 10, 112, 0, 0, false, false" })
	void theTotalTellsWhatCountsInclude(long prompt, long completion, long total, long cached, long reasoning,
			boolean cacheApart, boolean reasoningApart) {
		Totals totals = new Totals(prompt, completion, total, cached, reasoning);
		assertThat(totals.isCacheApart()).isEqualTo(cacheApart);
		assertThat(totals.saysReasoningIsApart()).isEqualTo(reasoningApart);
	}

	@Test
	void takesTheLargerReadingWhereNothingExplainsTheTotal() {
		Totals totals = new Totals(100, 10, 130, 40, 0);
		assertThat(totals.contradicts()).isTrue();
		assertThat(totals.isCacheApart()).isTrue();
	}

}
