package io.github.costwise.quality;

import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("unit")
class AnswerFormTests {

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '~',
			value = { "So \\boxed{4}.; 4", "\\boxed{1} or rather \\boxed{2}; 2", "\\boxed{\\frac{1}{2}}; 0.5",
					"\\boxed{\\text{Yes}}; yes", "\\boxed{3; \\boxed{3", "\\boxed{a \\boxed{b} c}; a\\boxed{b}c",
					"\\boxed{ {5} and \\boxed{7}; 7", "} \\boxed{8}; 8", "{ \\boxed{9}; 9" })
	void aBoxHoldsTheAnswer(String answer, String form) {
		assertThat(AnswerForm.of(answer).value()).isEqualTo(form);
	}

	@Test
	void theLastFieldHoldsTheAnswer() {
		assertThat(AnswerForm.of("{\"answer\": \"a\\\"b\", \"x\": 1}").value()).isEqualTo("ab");
		assertThat(AnswerForm.of("{\"answer\": 1} {\"result\": 2,000}").value()).isEqualTo("2");
		assertThat(AnswerForm.of("{\"answer\": \"unclosed").value()).isEqualTo("unclosed");
		assertThat(AnswerForm.of("It is 1,000...").value()).isEqualTo("itis1000");
	}

	static Stream<String> hostile() {
		return Stream.of("\\boxed{" + "a".repeat(20_000) + "}", "\\boxed{" + "a".repeat(20_000),
				"\\boxed{".repeat(3000), "\\boxed{" + "{a}".repeat(6000) + "}", "{".repeat(20_000),
				"\"answer\":\"" + "\\\"".repeat(9000) + "\"", "\"answer\":\"" + "\\\"".repeat(9000),
				"\\text{".repeat(3000), "\\frac{".repeat(3000), ".".repeat(20_000), ".\\".repeat(9000) + "a",
				"\n".repeat(20_000), "1,".repeat(10_000), "\"".repeat(20_000));
	}

	@ParameterizedTest
	@MethodSource("hostile")
	void everyAnswerHasAForm(String answer) {
		assertThat(AnswerForm.of(answer)).isNotNull();
	}

}
