package io.github.costwise.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.costwise.Attribution;
import io.github.costwise.Money;
import io.github.costwise.Tier;
import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.CallEnding;
import io.github.costwise.model.CallRecord.CallTiming;
import io.github.costwise.model.CallRecord.Coverage;
import io.github.costwise.model.CallRecord.HttpAttempt;
import io.github.costwise.model.CallRecord.Outcome;
import io.github.costwise.model.CallRecord.UsageSource;
import io.github.costwise.model.Price;
import io.github.costwise.model.PriceState;
import io.github.costwise.model.Savings;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.model.TurnRecord.RouteChoice;
import io.github.costwise.model.TurnRecord.TurnCost;
import io.github.costwise.model.TurnRecord.TurnIdentity;
import io.github.costwise.model.TurnRecord.TurnTiming;
import io.github.costwise.model.Versions;
import io.github.costwise.testsupport.CallBuilder;

/**
 * Builds ledger records for tests.
 */
public final class Records {

	/** When the records of these tests begin. */
	public static final Instant START = Instant.parse("2026-11-01T10:00:00.250Z");

	/** A usage with every kind of token. */
	public static final TokenUsage USAGE = TokenUsage.builder()
		.add(BilledUnit.INPUT, 1000)
		.add(BilledUnit.CACHE_READ, 300)
		.add(BilledUnit.CACHE_WRITE_5M, 200)
		.add(BilledUnit.OUTPUT, 80)
		.add(BilledUnit.OUTPUT_REASONING, 20)
		.add(BilledUnit.WEB_SEARCH, 1)
		.build();

	private Records() {
	}

	/**
	 * Returns a call of the feature {@code support} and the tenant {@code acme}.
	 * @param id the id of the call and, with a {@code t} before it, of its turn
	 * @return the call, which costs 1,000,000 nano-dollars
	 */
	public static CallRecord call(String id) {
		return call(id, new Attribution("support", "acme", "ann", Map.of("team", "red")), START);
	}

	/**
	 * Returns a call.
	 * @param id the id of the call and, with a {@code t} before it, of its turn
	 * @param attribution who it belongs to
	 * @param at when it began
	 * @return the call, which costs 1,000,000 nano-dollars
	 */
	public static CallRecord call(String id, Attribution attribution, Instant at) {
		return call(id, attribution, at, "gpt-5-mini", Outcome.SUCCEEDED);
	}

	/**
	 * Returns a call.
	 * @param id the id of the call and, with a {@code t} before it, of its turn
	 * @param attribution who it belongs to
	 * @param at when it began
	 * @param model the model that answered
	 * @param outcome how it ended
	 * @return the call, which costs 1,000,000 nano-dollars
	 */
	public static CallRecord call(String id, Attribution attribution, Instant at, String model, Outcome outcome) {
		return CallBuilder.call(id, at)
			.id(id, "t" + id)
			.timing(new CallTiming(at, Duration.ofMillis(420), Duration.ofMillis(90), true))
			.model("gpt-5", model)
			.usage(USAGE, UsageSource.REPORTED)
			.price(price())
			.ending(new CallEnding(outcome, (outcome == Outcome.SUCCEEDED) ? null : "TimeoutException",
					List.of(new HttpAttempt(1, 429, Duration.ofMillis(12), "http_429"),
							new HttpAttempt(2, 200, Duration.ofMillis(400), "ok")),
					(attribution.feature() != null) ? Coverage.MANAGED : Coverage.UNATTRIBUTED))
			.attribution(attribution)
			.versions(new Versions("default", "v2", null))
			.build();
	}

	/**
	 * Returns a price whose parts are 400, 100, 450 and 50 thousand nano-dollars, a fifth
	 * less than the list.
	 * @return the price
	 */
	public static Price price() {
		return new Price(Money.ofNanos(1_000_000), Money.ofNanos(1_250_000), Money.ofNanos(400_000),
				Money.ofNanos(100_000), Money.ofNanos(450_000), Money.ofNanos(50_000), PriceState.EXACT, Set.of(),
				"2026-11-23", "standard");
	}

	/**
	 * Returns the turn of a call.
	 * @param call its only call
	 * @param savedNanos what it saved, in nano-dollars
	 * @return the turn
	 */
	public static TurnRecord turn(CallRecord call, long savedNanos) {
		return new TurnRecord(new TurnIdentity(call.turnId(), null),
				new TurnTiming(call.timing().startedAt(), Duration.ofMillis(500)), call.attribution(), call.versions(),
				new RouteChoice(Tier.AUTO, "no tiers configured"), TurnRecord.TurnOutcome.ANSWERED,
				TurnRecord.CacheOutcome.NOT_USED,
				new TurnCost(1, call.price().amount(), new Savings(Money.ZERO, Money.ofNanos(savedNanos), Money.ZERO)));
	}

}
