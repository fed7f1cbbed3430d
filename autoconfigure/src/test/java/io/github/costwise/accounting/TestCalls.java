package io.github.costwise.accounting;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import io.github.costwise.Attribution;
import io.github.costwise.Money;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.Price;
import io.github.costwise.model.PriceState;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.model.TokenUsage;

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
		return new CallRecord(id, id, 1, at, Duration.ofMillis(20), null, CallRecord.Operation.CHAT,
				CallRecord.Purpose.ANSWER, "openai", model, model, ServiceTier.STANDARD, TokenUsage.of(10, 5),
				CallRecord.UsageSource.REPORTED, price, CallRecord.Outcome.SUCCEEDED, null, List.of(), false,
				CallRecord.Coverage.MANAGED, new Attribution(feature, tenant, null, Map.of()), "default", null, null);
	}

}
