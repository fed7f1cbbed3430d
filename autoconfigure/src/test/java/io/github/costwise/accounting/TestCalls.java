package io.github.costwise.accounting;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import io.github.costwise.Attribution;
import io.github.costwise.Money;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.Price;
import io.github.costwise.model.PriceState;
import io.github.costwise.testsupport.CallBuilder;

/**
 * Makes plain calls for tests.
 */
public final class TestCalls {

	private TestCalls() {
	}

	/** A successful call outside any turn: 10 tokens in, 5 out, 15 nano-dollars. */
	public static CallRecord call(String feature, String model, String tenant, Instant at) {
		String id = UUID.randomUUID().toString();
		Price price = new Price(Money.ofNanos(15), Money.ofNanos(15), Money.ofNanos(10), Money.ZERO, Money.ofNanos(5),
				Money.ZERO, PriceState.EXACT, Set.of(), "test", "standard");
		return CallBuilder.call(id, at)
			.model(model, model)
			.price(price)
			.attribution(new Attribution(feature, tenant, null, Map.of()))
			.build();
	}

}
