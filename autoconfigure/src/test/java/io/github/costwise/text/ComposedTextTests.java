package io.github.costwise.text;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("unit")
class ComposedTextTests {

	@Test
	void lettersAndMarksAreComposed() {
		assertThat(ComposedText.of("Cafe\u0301")).isEqualTo("Caf\u00e9");
		assertThat(ComposedText.of("\u1100\u1161")).isEqualTo("\uac00");
		assertThat(ComposedText.of("plain")).isEqualTo("plain");
	}

	/** The JDK takes half a minute for this one. */
	@Test
	void moreMarksThanAnyLanguageHasAreLeftUnchanged() {
		String text = "a" + "\u0301\u0316".repeat(160_000);
		assertThat(ComposedText.of(text)).isSameAs(text);
		String most = "e" + "\u0301".repeat(30);
		assertThat(ComposedText.of(most)).isEqualTo("\u00e9" + "\u0301".repeat(29));
		assertThat(ComposedText.of(most + "\u0301")).isEqualTo(most + "\u0301");
	}

}
