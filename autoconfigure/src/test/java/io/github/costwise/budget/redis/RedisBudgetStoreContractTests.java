package io.github.costwise.budget.redis;

import java.util.List;

import org.junit.jupiter.api.AfterEach;

import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.costwise.spi.BudgetStore;
import io.github.costwise.spi.BudgetStoreContract;

/**
 * Holds a {@link RedisBudgetStore} to the contract.
 */
abstract class RedisBudgetStoreContractTests extends BudgetStoreContract {

	private final RedisBudgetStores stores = new RedisBudgetStores();

	abstract RedisConnectionFactory factory(RedisBudgetStores made);

	@Override
	protected BudgetStore create() {
		RedisBudgetStore store = this.stores.fake(factory(this.stores), RedisBudgetStores.settings());
		store.restore(List.of());
		return store;
	}

	@AfterEach
	void close() throws Exception {
		this.stores.close();
	}

}
