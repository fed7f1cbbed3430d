package io.github.costwise.cache.memory;

import org.junit.jupiter.api.Tag;

import io.github.costwise.cache.learning.LabelLogContract;
import io.github.costwise.spi.LabelLog;

/**
 * Tests of {@link InMemoryLabelLog}.
 */
@Tag("unit")
class InMemoryLabelLogTests extends LabelLogContract {

	@Override
	protected LabelLog create() {
		return new InMemoryLabelLog();
	}

}
