package io.github.costwise.observability;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

import io.github.costwise.Money;
import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.Coverage;
import io.github.costwise.model.CallRecord.Outcome;
import io.github.costwise.model.Price;
import io.github.costwise.model.PriceReason;
import io.github.costwise.model.PriceState;
import io.github.costwise.model.TokenUsage;

/**
 * The meters of calls that share their tags. Thread-safe.
 *
 * @param meters where they are
 */
record CallMeters(LazyMeters meters) {

	private static final double USD_PER_NANO = 1e-9;

	private static final Series[] CALLS = Arrays.stream(Outcome.values())
		.map((outcome) -> new Series("costwise.calls", "Calls that reached a provider", null, "outcome",
				outcome.name().toLowerCase(Locale.ROOT)))
		.toArray(Series[]::new);

	private static final Series FIRST_TOKEN = new Series("costwise.calls.first.token",
			"Time to the first content of a streamed answer", null);

	private static final Series INPUT = tokens("input");

	private static final Series CACHE_READ = tokens("cache_read");

	private static final Series CACHE_WRITE = tokens("cache_write");

	private static final Series OUTPUT = tokens("output");

	private static final Series REASONING = tokens("reasoning");

	private static final Series INPUT_COST = cost("costwise.cost", "What calls cost", "kind", "input");

	private static final Series CACHED_COST = cost("costwise.cost", "What calls cost", "kind", "cached");

	private static final Series OUTPUT_COST = cost("costwise.cost", "What calls cost", "kind", "output");

	private static final Series OTHER_COST = cost("costwise.cost", "What calls cost", "kind", "other");

	private static final Series RETRY_COST = cost("costwise.cost.retry", "The part for failed and repeated calls");

	private static final Series ESTIMATED = calls("costwise.calls.estimated",
			"Calls whose usage or price was estimated");

	private static final Series[] REASONS = Arrays.stream(PriceReason.values())
		.map((reason) -> new Series("costwise.calls.inexact", "Calls whose amount is not exact, by each reason", null,
				"reason", reason.id()))
		.toArray(Series[]::new);

	private static final Series UNKNOWN_PRICE = calls("costwise.calls.unknown.price", "Calls whose model has no price");

	private static final Series UNATTRIBUTED = calls("costwise.calls.unattributed", "Calls outside any scope");

	private static final Series UNMANAGED = calls("costwise.calls.unmanaged", "Calls past the advisors");

	private static final Series INCOMPLETE = calls("costwise.calls.incomplete",
			"Answers without the signal that ends them");

	private static Series tokens(String kind) {
		return new Series("costwise.tokens", "Tokens of calls, in disjoint kinds", "tokens", "kind", kind);
	}

	static Series cost(String name, String description, String... tags) {
		return new Series(name, description, "usd", tags);
	}

	private static Series calls(String name, String description) {
		return new Series(name, description, null);
	}

	void record(CallRecord call) {
		this.meters.time(CALLS[call.outcome().ordinal()], call.timing().latency());
		Duration first = call.timing().timeToFirstToken();
		if (first != null) {
			this.meters.time(FIRST_TOKEN, first);
		}
		tokens(call.usage().tokens());
		cost(call.price(), call.isRetrySpend());
		state(call);
	}

	private void tokens(TokenUsage usage) {
		long reasoning = usage.get(BilledUnit.OUTPUT_REASONING);
		long cached = usage.cacheReadTokens() + usage.cacheWriteTokens();
		this.meters.count(INPUT, usage.promptTokens() - cached);
		this.meters.count(CACHE_READ, usage.cacheReadTokens());
		this.meters.count(CACHE_WRITE, usage.cacheWriteTokens());
		this.meters.count(OUTPUT, usage.outputTokens() - reasoning);
		this.meters.count(REASONING, reasoning);
	}

	private void cost(Price price, boolean retry) {
		this.meters.count(INPUT_COST, usd(price.input()));
		this.meters.count(CACHED_COST, usd(price.cached()));
		this.meters.count(OUTPUT_COST, usd(price.output()));
		this.meters.count(OTHER_COST, usd(price.other()));
		this.meters.count(RETRY_COST, retry ? usd(price.amount()) : 0);
	}

	private void state(CallRecord call) {
		this.meters.count(INCOMPLETE, CallRecord.INCOMPLETE.equals(call.ending().errorType()) ? 1 : 0);
		this.meters.count(ESTIMATED, call.isEstimated() ? 1 : 0);
		this.meters.count(UNKNOWN_PRICE, (call.price().state() == PriceState.UNKNOWN) ? 1 : 0);
		Coverage coverage = call.ending().coverage();
		this.meters.count(UNATTRIBUTED, (coverage == Coverage.UNATTRIBUTED) ? 1 : 0);
		this.meters.count(UNMANAGED, (coverage == Coverage.UNMANAGED) ? 1 : 0);
		if (!call.price().reasons().isEmpty()) {
			call.price().reasons().forEach((reason) -> this.meters.count(REASONS[reason.ordinal()], 1));
		}
	}

	static double usd(Money money) {
		return money.nanos() * USD_PER_NANO;
	}

}
