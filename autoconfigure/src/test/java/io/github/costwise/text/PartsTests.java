package io.github.costwise.text;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("unit")
class PartsTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "a", "a,b", ",a,,b,,", ",", ",,", "a," })
	void cutsAsTheJdkDoes(String text) {
		assertThat(Parts.of(text, ",")).containsExactly(text.split(","));
		assertThat(Parts.of(text, ",", Integer.MAX_VALUE)).containsExactly(text.split(",", -1));
		assertThat(Parts.of(text, ",", 2)).containsExactly(text.split(",", 2));
	}

	@Test
	void wordsStandBetweenRunsOfSpace() {
		assertThat(Parts.words("  a\t\nbc  d ")).containsExactly("a", "bc", "d");
		assertThat(Parts.words(" ")).isEmpty();
	}

}
