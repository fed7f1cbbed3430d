package io.github.costwise.text;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ShortText}.
 */
@Tag("unit")
class ShortTextTests {

	private static final String FACE = "\uD83D\uDE00";

	@Test
	void shortNamesStayAsTheyAre() {
		String name = "a\nb" + "x".repeat(253);
		assertThat(ShortText.ofName(name)).isSameAs(name);
		assertThat(ShortText.ofNullable(null)).isNull();
	}

	@Test
	void longNamesAreCutAndStayDifferent() {
		String one = ShortText.ofName("x".repeat(300) + "1");
		String two = ShortText.ofName("x".repeat(300) + "2");
		assertThat(one).hasSize(ShortText.MOST).startsWith("x".repeat(239) + "~").isNotEqualTo(two);
		assertThat(ShortText.ofName("x".repeat(300) + "1")).isEqualTo(one);
		assertThat(ShortText.ofName(one)).as("cut again").isEqualTo(one);
	}

	@Test
	void noSurrogatePairIsCut() {
		for (int lead = 0; lead < 3; lead++) {
			String name = "x".repeat(lead) + FACE.repeat(1000);
			assertThat(ShortText.ofName(name)).matches("x*(?:" + FACE + ")+~[0-9a-f]{16}");
			assertThat(ShortText.ofLine(name, 10)).matches("x*(?:" + FACE + ")+");
		}
	}

	@Test
	void aLineHasNoControlCharacters() {
		assertThat(ShortText.ofLine("a\r\nb\u001b[2J\u0000\u0085\u2028c", 100)).isEqualTo("a  b [2J   c");
		assertThat(ShortText.ofModel("gpt\r\n2026 WARN forged")).isEqualTo("gpt  2026 WARN forged");
		assertThat(ShortText.ofModel("gpt\n".repeat(1000))).hasSize(ShortText.MOST).doesNotContain("\n");
	}

}
