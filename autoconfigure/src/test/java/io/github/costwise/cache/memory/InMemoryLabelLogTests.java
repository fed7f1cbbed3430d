package io.github.costwise.cache.memory;

import io.github.costwise.cache.learning.LabelLog;
import io.github.costwise.cache.learning.LabelLogContract;

/**
 * Tests of {@link InMemoryLabelLog}.
 */
class InMemoryLabelLogTests extends LabelLogContract {

	@Override
	protected LabelLog create() {
		return new InMemoryLabelLog();
	}

}
