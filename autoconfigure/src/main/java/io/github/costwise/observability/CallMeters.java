package io.github.costwise.observability;

import java.time.Duration;
import java.util.Locale;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

import io.github.costwise.accounting.CallRecord;
import io.github.costwise.accounting.CallRecord.Coverage;
import io.github.costwise.accounting.CallRecord.Outcome;
import io.github.costwise.accounting.CallRecord.UsageSource;
import io.github.costwise.pricing.BilledUnit;
import io.github.costwise.pricing.Money;
import io.github.costwise.pricing.Price;
import io.github.costwise.pricing.PriceState;
import io.github.costwise.pricing.TokenUsage;

/**
 * The meters of calls that share their tags. Meters are registered once, with all values
 * of their closed tags, so that rates start from zero. Thread-safe.
 */
final class CallMeters {

	private static final double USD_PER_NANO = 1e-9;

	private final Timer[] calls = new Timer[Outcome.values().length];

	private final Timer firstToken;

	private final Counter inputTokens;

	private final Counter cacheReadTokens;

	private final Counter cacheWriteTokens;

	private final Counter outputTokens;

	private final Counter reasoningTokens;

	private final Counter inputCost;

	private final Counter cachedCost;

	private final Counter outputCost;

	private final Counter otherCost;

	private final Counter retryCost;

	private final Counter estimated;

	private final Counter unknownPrice;

	private final Counter unattributed;

	private final Counter unmanaged;

	private final Runnable incomplete;

	CallMeters(MeterRegistry registry, Tags tags) {
		this.incomplete = () -> count(registry, tags, "costwise.calls.incomplete",
				"Answers without the signal that ends them")
			.increment();
		for (Outcome outcome : Outcome.values()) {
			this.calls[outcome.ordinal()] = Timer.builder("costwise.calls")
				.description("Calls that reached a provider")
				.tags(tags.and("outcome", outcome.name().toLowerCase(Locale.ROOT)))
				.register(registry);
		}
		this.firstToken = Timer.builder("costwise.calls.first.token")
			.description("Time to the first content of a streamed answer")
			.tags(tags)
			.register(registry);
		this.inputTokens = tokens(registry, tags, "input");
		this.cacheReadTokens = tokens(registry, tags, "cache_read");
		this.cacheWriteTokens = tokens(registry, tags, "cache_write");
		this.outputTokens = tokens(registry, tags, "output");
		this.reasoningTokens = tokens(registry, tags, "reasoning");
		this.inputCost = cost(registry, "costwise.cost", tags.and("kind", "input"), "What calls cost");
		this.cachedCost = cost(registry, "costwise.cost", tags.and("kind", "cached"), "What calls cost");
		this.outputCost = cost(registry, "costwise.cost", tags.and("kind", "output"), "What calls cost");
		this.otherCost = cost(registry, "costwise.cost", tags.and("kind", "other"), "What calls cost");
		this.retryCost = cost(registry, "costwise.cost.retry", tags, "The part for failed and repeated calls");
		this.estimated = count(registry, tags, "costwise.calls.estimated", "Calls whose usage was estimated");
		this.unknownPrice = count(registry, tags, "costwise.calls.unknown.price", "Calls whose model has no price");
		this.unattributed = count(registry, tags, "costwise.calls.unattributed", "Calls outside any scope");
		this.unmanaged = count(registry, tags, "costwise.calls.unmanaged", "Calls past the advisors");
	}

	void record(CallRecord call) {
		this.calls[call.outcome().ordinal()].record(call.latency());
		Duration first = call.timeToFirstToken();
		if (first != null) {
			this.firstToken.record(first);
		}
		tokens(call.usage());
		cost(call.price(), call.isRetrySpend());
		state(call);
	}

	private void tokens(TokenUsage usage) {
		long reasoning = usage.get(BilledUnit.OUTPUT_REASONING);
		long cached = usage.cacheReadTokens() + usage.cacheWriteTokens();
		this.inputTokens.increment(usage.promptTokens() - cached);
		this.cacheReadTokens.increment(usage.cacheReadTokens());
		this.cacheWriteTokens.increment(usage.cacheWriteTokens());
		this.outputTokens.increment(usage.outputTokens() - reasoning);
		this.reasoningTokens.increment(reasoning);
	}

	private void cost(Price price, boolean retry) {
		this.inputCost.increment(usd(price.input()));
		this.cachedCost.increment(usd(price.cached()));
		this.outputCost.increment(usd(price.output()));
		this.otherCost.increment(usd(price.other()));
		if (retry) {
			this.retryCost.increment(usd(price.amount()));
		}
	}

	private void state(CallRecord call) {
		if (CallRecord.INCOMPLETE.equals(call.errorType())) {
			this.incomplete.run();
		}
		UsageSource source = call.usageSource();
		count(this.estimated, source == UsageSource.ESTIMATED || source == UsageSource.PARTLY_ESTIMATED
				|| call.price().state() == PriceState.ESTIMATED);
		count(this.unknownPrice, call.price().state() == PriceState.UNKNOWN);
		count(this.unattributed, call.coverage() == Coverage.UNATTRIBUTED);
		count(this.unmanaged, call.coverage() == Coverage.UNMANAGED);
	}

	static double usd(Money money) {
		return money.nanos() * USD_PER_NANO;
	}

	static Counter cost(MeterRegistry registry, String name, Tags tags, String description) {
		return Counter.builder(name).description(description).baseUnit("usd").tags(tags).register(registry);
	}

	private static Counter tokens(MeterRegistry registry, Tags tags, String kind) {
		return Counter.builder("costwise.tokens")
			.description("Tokens of calls, in disjoint kinds")
			.baseUnit("tokens")
			.tags(tags.and("kind", kind))
			.register(registry);
	}

	private static Counter count(MeterRegistry registry, Tags tags, String name, String description) {
		return Counter.builder(name).description(description).tags(tags).register(registry);
	}

	private static void count(Counter counter, boolean when) {
		if (when) {
			counter.increment();
		}
	}

}
