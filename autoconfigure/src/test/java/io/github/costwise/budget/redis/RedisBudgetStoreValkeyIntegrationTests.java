package io.github.costwise.budget.redis;

import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.costwise.testsupport.RealPart;
import io.github.costwise.testsupport.RealParts;
import io.github.costwise.testsupport.RequiresRealPart;

/**
 * Tests that {@link RedisBudgetStore} holds the contract with Valkey.
 */
@RequiresRealPart(RealPart.VALKEY)
class RedisBudgetStoreValkeyIntegrationTests extends RedisBudgetStoreContractTests {

	@Override
	RedisConnectionFactory factory(RedisBudgetStores made) {
		return made.lettuce(RealParts.valkey());
	}

}
