package io.github.costwise.cache.verify;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("unit")
class TextFeaturesTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "How do I pay?|how do i PAY", "two cards|2 cards", "1,000 rows|1000 rows",
			"what’s up|what's up", "pay  by card!|pay by card" })
	void readsAsTheSame(String one, String other) {
		assertThat(TextFeatures.of(one).words()).isEqualTo(TextFeatures.of(other).words());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "pay by card|pay card by", "room 12|room 13", "3.5|35", "7am|7pm" })
	void readsAsDifferent(String one, String other) {
		assertThat(TextFeatures.of(one)).isNotEqualTo(TextFeatures.of(other));
	}

	@ParameterizedTest
	@CsvSource({ "in 2017,1", "on Monday in May,2", "for $20,2", "tier one,1", "nothing here,0" })
	void findsNumbers(String text, int numbers) {
		assertThat(TextFeatures.of(text).count(TextFeatures.NUMBER)).isEqualTo(numbers);
	}

	@Test
	void findsNegations() {
		assertThat(TextFeatures.of("I can't and won't, never").count(TextFeatures.NEGATION)).isEqualTo(3);
	}

	@Test
	void findsNamesButNotAtTheStartOfASentence() {
		assertThat(TextFeatures.of("Is Kyle here? Ask Ann Lee.").count(TextFeatures.NAME)).isEqualTo(3);
	}

	@Test
	void findsIdentifiersAndQuotedText() {
		assertThat(TextFeatures.of("call getName on my_list or \"the thing\"").count(TextFeatures.LITERAL))
			.isEqualTo(4);
	}

	@Test
	void readsIdeographsOneByOne() {
		assertThat(TextFeatures.of("如何付款").length()).isEqualTo(4);
	}

	@ParameterizedTest
	@CsvSource({ "bring my 🐶,3", "𠮷野,2", "की,1", "a\ufe0f b,2", "5 ≤ 6,3", "x\udb40\udc41,2", "yes... (no)!,2" })
	void readsSignsMarksAndLettersBeyondTheFirstPlane(String text, int words) {
		assertThat(TextFeatures.of(text).length()).isEqualTo(words);
	}

	@Test
	void comparesTheRestOfALongTextAsAWhole() {
		String start = "word ".repeat(TextFeatures.MAX_WORDS);
		TextFeatures text = TextFeatures.of(start + "left");
		assertThat(text.length()).isEqualTo(TextFeatures.MAX_WORDS);
		assertThat(text.endsLike(TextFeatures.of(start + "left"))).isTrue();
		assertThat(text.endsLike(TextFeatures.of(start + "right"))).isFalse();
		assertThat(text).isNotEqualTo(TextFeatures.of(start + "right"));
	}

	@Test
	void readsAnEmptyText() {
		assertThat(TextFeatures.of(" ?! ").words()).isEmpty();
		assertThat(TextFeatures.of("").first()).isZero();
	}

	@Test
	void showsNoText() {
		assertThat(TextFeatures.of("secret plan")).hasToString("TextFeatures[words=2]");
	}

}
