package io.github.costwise.accounting.usage;

import org.junit.jupiter.api.Tag;

import io.github.costwise.spi.TokenCounter;
import io.github.costwise.spi.TokenCounterContract;

/**
 * Tests of {@link JtokkitTokenCounter}.
 */
@Tag("unit")
class JtokkitTokenCounterTests extends TokenCounterContract {

	@Override
	protected TokenCounter create() {
		return TokenCounters.jtokkit();
	}

}
