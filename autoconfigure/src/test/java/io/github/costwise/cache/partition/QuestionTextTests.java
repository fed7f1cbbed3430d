package io.github.costwise.cache.partition;

import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

@Tag("unit")
class QuestionTextTests {

	private static final int LONGEST = 1000;

	static Stream<Arguments> equal() {
		return Stream.of(arguments("  What is\u00a0a  cache? ", "What is a cache?"),
				arguments("What's   a cache", "What's a cache"),
				arguments("l\u2019\u00e9t\u00e9  est", "l\u2019\u00e9t\u00e9 est"),
				arguments("Is 5 a   prime number?", "Is 5 a   prime number?"),
				arguments("Is 5 an odd  prime?", "Is 5 an odd prime?"), arguments("Caf\u00e9?", "Cafe\u0301?"),
				arguments("What is it?\n", "What is it?"), arguments("\n\n a\nb \n", " a\nb"), arguments("  a", "a"),
				arguments("say \"a b\" ", "say \"a b\""));
	}

	@ParameterizedTest
	@MethodSource("equal")
	void spaceWithoutMeaningDoesNotCount(String one, String other) {
		assertThat(normalized(one)).isEqualTo(normalized(other));
	}

	static Stream<Arguments> different() {
		return Stream.of(arguments("Total of\ta\t\tb", "Total of\ta\tb"), arguments("a\tb c", "a b\tc"),
				arguments("a\tb\t", "a\tb"), arguments("\ta\tb", "a\tb"),
				arguments("Length of \"a  b\"?", "Length of \"a b\"?"),
				arguments("Length of 'a  b'?", "Length of 'a b'?"),
				arguments("Is \u201ca  b\u201d?", "Is \u201ca b\u201d?"),
				arguments("Is \u00aba  b\u00bb?", "Is \u00aba b\u00bb?"),
				arguments("Is \u300ca  b\u300d?", "Is \u300ca b\u300d?"), arguments("`a  b`", "`a b`"),
				arguments("x  12  3", "x 12  3"), arguments("sum 12   7", "sum 12  7"),
				arguments("qty  -3   $4", "qty -3 $4"), arguments("a |  | b", "a | | b"),
				arguments("1\u00a0000", "1 000"), arguments("  a:\n  b:", "a:\n  b:"), arguments("a  b\nc", "a b\nc"),
				arguments("a\rb  c", "a\rb c"), arguments("a\u2028b  c", "a\u2028b c"));
	}

	@ParameterizedTest
	@MethodSource("different")
	void spaceWithMeaningCounts(String one, String other) {
		assertThat(normalized(one)).isNotEqualTo(normalized(other));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "\n", "\t", "  \t \n", "a", " 1  2 ", "\ta", "'", "''  a" })
	void whatIsNormalizedStaysSo(String text) {
		assertThat(normalized(normalized(text))).isEqualTo(normalized(text));
	}

	@Test
	void aLongTextIsTakenAsItIs() {
		String text = " e\u0301  a".repeat(201);
		assertThat(QuestionText.normalize(text, LONGEST)).isSameAs(text);
		assertThat(normalized(text.substring(0, LONGEST))).hasSizeLessThan(LONGEST);
	}

	private static String normalized(String text) {
		return QuestionText.normalize(text, LONGEST);
	}

}
