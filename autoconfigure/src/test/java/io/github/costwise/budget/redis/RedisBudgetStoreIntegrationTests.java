package io.github.costwise.budget.redis;

import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.costwise.testsupport.RealPart;
import io.github.costwise.testsupport.RealParts;
import io.github.costwise.testsupport.RequiresRealPart;

/**
 * Tests that {@link RedisBudgetStore} holds the contract with Lettuce.
 */
@RequiresRealPart(RealPart.REDIS)
class RedisBudgetStoreIntegrationTests extends RedisBudgetStoreContractTests {

	@Override
	RedisConnectionFactory factory(RedisBudgetStores made) {
		return made.lettuce(RealParts.redis());
	}

}
