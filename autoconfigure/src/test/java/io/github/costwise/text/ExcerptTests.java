package io.github.costwise.text;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("unit")
class ExcerptTests {

	@Test
	void bothEndsOfALongTextAreTaken() {
		assertThat(Excerpt.ofEnds("abcdef", 6)).isEqualTo("abcdef");
		assertThat(Excerpt.ofEnds("abcdefg", 6)).isEqualTo("ab\nfg");
		assertThat(Excerpt.ofEnds("a".repeat(90_000), 1000)).hasSizeLessThanOrEqualTo(1000);
	}

}
