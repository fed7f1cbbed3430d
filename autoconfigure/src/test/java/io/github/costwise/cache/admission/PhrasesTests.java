package io.github.costwise.cache.admission;

import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("unit")
class PhrasesTests {

	private static final String[] ALTERNATIVES = { "today(?:'s|s)?", "right now", "real[- ]time",
			"(?:my|our)(?: \\w+){0,2} (?:order|plan)", "who am i" };

	private static final String[] PIECES = { "today", "Today's", "todays", "right", "NOW", "real", "-", "-time", " ",
			" ", " ", "my", "our", "order", "plan", "who", "am", "i", "x1_", "é", "?", ".", "'", "\n", "newest", "İ" };

	private final Phrases phrases = new Phrases(Set.of("today", "todays", "right", "real", "my", "our", "who"),
			ALTERNATIVES);

	@Test
	void findsWhatThePlainExpressionFinds() {
		Pattern plain = Pattern.compile("(?<![\\w-])(?:" + String.join("|", ALTERNATIVES) + ")(?![\\w-])",
				Pattern.CASE_INSENSITIVE);
		Random random = new Random(42);
		int found = 0;
		for (int i = 0; i < 50_000; i++) {
			StringBuilder text = new StringBuilder();
			for (int j = random.nextInt(8); j >= 0; j--) {
				text.append(PIECES[random.nextInt(PIECES.length)]);
			}
			boolean expected = plain.matcher(text).find();
			assertThat(this.phrases.isIn(text.toString())).as("'%s'", text).isEqualTo(expected);
			found += expected ? 1 : 0;
		}
		assertThat(found).isBetween(5_000, 45_000);
	}

}
