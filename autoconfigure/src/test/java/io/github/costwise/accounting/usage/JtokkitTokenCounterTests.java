package io.github.costwise.accounting.usage;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.spi.TokenCounter;
import io.github.costwise.spi.TokenCounterContract;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link JtokkitTokenCounter}.
 */
@Tag("unit")
class JtokkitTokenCounterTests extends TokenCounterContract {

	@Override
	protected TokenCounter create() {
		return TokenCounters.jtokkit();
	}

	@Test
	void textsThatComeAgainCountTheSameForEachModel() {
		JtokkitTokenCounter counter = new JtokkitTokenCounter();
		for (int i = 0; i < 600; i++) {
			String text = "Instructions number " + i % 200 + ": \u4f60\u597d, answer in one line. "
					+ "Write nothing else. ".repeat(i % 7 + 10);
			for (String model : new String[] { "gpt-5", "gpt-4", "claude-opus-4-5" }) {
				assertThat(counter.count(text, model)).as("%s of %s", model, text)
					.isEqualTo(new JtokkitTokenCounter().count(text, model));
			}
		}
	}

}
