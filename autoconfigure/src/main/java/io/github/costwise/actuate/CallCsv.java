package io.github.costwise.actuate;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

import io.github.costwise.Attribution;
import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.CallEnding;
import io.github.costwise.model.CallRecord.CallTarget;
import io.github.costwise.model.CallRecord.CallTiming;
import io.github.costwise.model.CallRecord.SourcedUsage;
import io.github.costwise.model.Price;
import io.github.costwise.model.PriceReason;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.model.Versions;

/**
 * One row per call, with the unit of every number in the name of its column.
 */
final class CallCsv implements CsvFormat {

	private static final String[] COLUMNS = { "callId", "turnId", "round", "startedAtUtc", "latencyMillis",
			"timeToFirstTokenMillis", "operation", "purpose", "provider", "requestedModel", "answeredModel",
			"serviceTier", "streamed", "outcome", "errorType", "attempts", "coverage", "feature", "tenant", "user",
			"tags", "policy", "promptVersion", "routingVersion", "usageSource", "inputTokens", "cacheReadTokens",
			"cacheWriteTokens", "outputTokens", "reasoningTokens", "webSearches", "costUsd", "costNanoUsd",
			"inputCostUsd", "cachedCostUsd", "outputCostUsd", "otherCostUsd", "priceState", "catalogVersion",
			"priceTier", "deployment", "listCostUsd", "listCostNanoUsd", "priceReasons" };

	@Override
	public String header() {
		return new CsvRow().header(COLUMNS).end();
	}

	@Override
	public void write(CallRecord call, Consumer<String> lines) {
		CsvRow row = new CsvRow();
		course(row, call);
		ownership(row, call);
		usage(row, call.usage());
		price(row, call.price());
		row.text(call.deployment());
		Price price = call.price();
		row.number(CostReport.usd(price.list())).number(price.list().nanos());
		row.text(PriceReason.write(price.reasons()));
		lines.accept(row.end());
	}

	private static void course(CsvRow row, CallRecord call) {
		CallTiming timing = call.timing();
		CallTarget target = call.target();
		CallEnding ending = call.ending();
		Duration first = timing.timeToFirstToken();
		row.text(call.id()).text(call.turnId()).number(call.identity().round()).text(timing.startedAt());
		row.number(timing.latency().toMillis()).number((first != null) ? first.toMillis() : null);
		row.text(target.operation()).text(call.purpose()).text(target.provider()).text(target.requestedModel());
		row.text(target.answeredModel()).text(target.serviceTier()).text(timing.streamed()).text(ending.outcome());
		row.text(ending.errorType()).number(ending.attempts().size()).text(ending.coverage());
	}

	private static void ownership(CsvRow row, CallRecord call) {
		Attribution whose = call.attribution();
		row.text(whose.feature()).text(whose.tenant()).text(whose.user()).text(tags(whose.tags()));
		Versions versions = call.versions();
		row.text(versions.policy()).text(versions.prompt()).text(versions.routing());
	}

	private static void usage(CsvRow row, SourcedUsage sourced) {
		TokenUsage usage = sourced.tokens();
		long cached = usage.cacheReadTokens() + usage.cacheWriteTokens();
		row.text(sourced.source()).number(usage.promptTokens() - cached).number(usage.cacheReadTokens());
		row.number(usage.cacheWriteTokens()).number(usage.outputTokens());
		row.number(usage.get(BilledUnit.OUTPUT_REASONING)).number(usage.get(BilledUnit.WEB_SEARCH));
	}

	private static void price(CsvRow row, Price price) {
		row.number(CostReport.usd(price.amount())).number(price.amount().nanos());
		row.number(CostReport.usd(price.input())).number(CostReport.usd(price.cached()));
		row.number(CostReport.usd(price.output())).number(CostReport.usd(price.other()));
		row.text(price.state()).text(price.catalogVersion()).text(price.priceTier());
	}

	private static String tags(Map<String, String> tags) {
		return tags.isEmpty() ? "" : FlatJson.object(new TreeMap<>(tags));
	}

}
