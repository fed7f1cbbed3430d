package io.github.costwise.budget.memory;

import org.junit.jupiter.api.Tag;

import io.github.costwise.spi.BudgetStore;
import io.github.costwise.spi.BudgetStoreContract;

/**
 * Tests that {@link MemoryBudgetStore} holds the contract.
 */
@Tag("unit")
class MemoryBudgetStoreTests extends BudgetStoreContract {

	@Override
	protected BudgetStore create() {
		return new MemoryBudgetStore();
	}

	@Override
	protected int operations() {
		return 200_000;
	}

}
