package io.github.costwise.text;

import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Tag("unit")
class TextPatternTests {

	@ParameterizedTest
	@ValueSource(strings = { "(a|b)*", "(?:a|b)+", "(?:[^{}]|\\{[^{}]*\\})*", "(?:a|b)*+", "(?:a|b){2,}",
			"(?:(?:a|b)c)*+", "(?:ab)*", "(?:ab)+?", "(\\w*\\.)+", "x(?:[(]|b)*" })
	void aGroupThatIsRepeatedWithoutBoundIsRefused(String expression) {
		assertThatIllegalArgumentException().isThrownBy(() -> TextPattern.of(expression))
			.withMessageContaining(expression)
			.withMessageContaining("without bound");
	}

	/** The JDK goes back over all marks before a boundary, at each mark again. */
	@ParameterizedTest
	@ValueSource(strings = { "\\bcode", "(a\\B)" })
	void aWordBoundaryIsRefused(String expression) {
		assertThatIllegalArgumentException().isThrownBy(() -> TextPattern.of(expression))
			.withMessageContaining("word boundary");
	}

	@ParameterizedTest
	@ValueSource(strings = { "(?:ab)*+", "(?:a|b)?", "(?:a|b){1,9}", "[(|)]*", "\\(a|b\\)*", "(?:a|b)c*",
			"\\Q(a|b)*\\E", "[a&&[^(|]]+", "(a)|(b)" })
	void otherExpressionsAreTaken(String expression) {
		assertThat(TextPattern.of(expression)).hasToString(expression);
	}

	/** What the rule is for: the JDK calls itself for each repetition. */
	@Test
	void aPossessiveGroupTakesNoStack() {
		assertThat(TextPattern.of("(?:\\w\\.)*+").matches("a.".repeat(500_000))).isTrue();
		assertThatExceptionOfType(StackOverflowError.class)
			.isThrownBy(() -> "a.".repeat(500_000).matches("(?:\\w*\\.|b)*"));
	}

	@Test
	void findsWhatFits() {
		TextPattern pattern = TextPattern.of("([a-z])(\\d)?");
		assertThat(pattern.all("a1-b").stream().map(TextMatch::text)).containsExactly("a1", "b");
		assertThat(pattern.all("a1-b").get(1).group(2)).isNull();
		assertThat(pattern.next("a1-b", 1)).isNotNull()
			.extracting(TextMatch::start, TextMatch::end)
			.containsExactly(3, 4);
		assertThat(pattern.next("a1-b", 4)).isNull();
		assertThat(pattern.whole("a1-b")).isNull();
		assertThat(pattern.whole("a1")).isNotNull().extracting((match) -> match.get(1)).isEqualTo("a");
		assertThat(pattern.isAt("-b", 1)).isTrue();
		assertThat(pattern.isAt("-b", 0)).isFalse();
		assertThat(pattern.split("-a-b-")).containsExactly("-", "-", "-");
	}

	@Test
	void tellsWhatATextMayBeginWith() {
		TextPattern pattern = TextPattern.of("(?:what|how much)[^.]{0,4} price");
		assertThat(pattern.mayBegin("what")).isTrue();
		assertThat(pattern.mayBegin("how")).isTrue();
		assertThat(pattern.mayBegin("what price now")).isTrue();
		assertThat(pattern.mayBegin("why")).isFalse();
		assertThat(pattern.mayBegin("how many")).isFalse();
	}

	@Test
	void replacesWhatFits() {
		assertThat(TextPattern.of("(a)").replaceAll("aba", "<$1>")).isEqualTo("<a>b<a>");
		assertThat(TextPattern.of("(a)").replaceFirst("aba", "")).isEqualTo("ba");
		assertThat(TextPattern.of("(a)").replaceAll("ab", (match) -> "$" + match.get(1) + "\\")).isEqualTo("$a\\b");
	}

	@Test
	void knowsCaseAndScripts() {
		assertThat(TextPattern.ofAnyCase("json").isIn("a JSON text")).isTrue();
		assertThat(TextPattern.ofAllScripts("\\w+").matches("\u00e9t\u00e9")).isTrue();
		assertThat(TextPattern.of("\\w+").matches("\u00e9t\u00e9")).isFalse();
	}

	@Test
	void patternsForWholeTextsAreNotSearchedFor() {
		TextPattern pattern = TextPattern.ofWhole("(.+)-\\d");
		assertThat(pattern.whole("a-1")).isNotNull();
		assertThat(pattern.isSearchable()).isFalse();
		for (Runnable search : List.<Runnable>of(() -> pattern.isIn("a"), () -> pattern.all("a"),
				() -> pattern.split("a"), () -> pattern.next("a", 0), () -> pattern.replaceAll("a", ""))) {
			assertThatIllegalStateException().isThrownBy(search::run).withMessageContaining("whole texts");
		}
	}

	@Test
	void aGroupThatMustTakePartIsAskedForAsSuch() {
		TextMatch match = TextPattern.of("a(b)?").all("a").get(0);
		assertThat(match.firstGroup()).isEqualTo("a");
		assertThatIllegalStateException().isThrownBy(() -> match.get(1));
	}

}
