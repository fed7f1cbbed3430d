package io.github.costwise.actuate;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.costwise.Attribution;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.Outcome;
import io.github.costwise.spi.UsageLedger;

import static io.github.costwise.actuate.ActuatorHttp.json;
import static io.github.costwise.actuate.ActuatorHttp.shape;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the endpoints over HTTP, in a server that Boot wires by itself.
 */
@Tag("chain")
class EndpointsIntegrationTests {

	private static ConfigurableApplicationContext context;

	private static ActuatorHttp actuator;

	@BeforeAll
	static void start() {
		context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET)
			.run("--server.port=0", "--management.endpoints.web.exposure.include=*", "--spring.ai.model.chat=none",
					"--spring.ai.model.embedding=none", "--spring.ai.model.image=none", "--spring.ai.model.audio=none",
					"--spring.ai.model.audio.speech=none", "--spring.ai.model.audio.transcription=none",
					"--spring.ai.model.moderation=none", "--management.endpoint.health.show-details=always",
					"--spring.datasource.url=jdbc:h2:mem:endpoints", "--spring.main.banner-mode=off");
		actuator = new ActuatorHttp(context);
		UsageLedger ledger = context.getBean(UsageLedger.class);
		append(ledger, Records.call("1"), 250_000);
		append(ledger,
				Records.call("2", Attribution.NONE, Records.START.plus(Duration.ofDays(1)), "gpt-5", Outcome.TIMED_OUT),
				-50_000);
		append(ledger, Records.call("3", new Attribution("=evil()", "acme", "bob", Map.of()),
				Records.START.plus(Duration.ofDays(2))), 0);
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	private static void append(UsageLedger ledger, CallRecord call, long saved) {
		ledger.append(call);
		ledger.append(Records.turn(call, saved));
	}

	@Test
	void shouldSumUpEverything() throws Exception {
		HttpResponse<String> response = actuator.get("costs");
		assertThat(response.statusCode()).isEqualTo(200);
		json(response.body()).isLenientlyEqualTo("""
				{"currency": "USD",
				 "totals": {"key": "all", "turns": 3, "calls": 3, "failedCalls": 1, "inputTokens": 3000,
				  "cacheReadTokens": 900, "cacheWriteTokens": 600, "outputTokens": 300, "reasoningTokens": 60,
				  "totalTokens": 4800, "webSearches": 3, "costNanoUsd": 3000000, "costUsd": "0.003000000",
				  "savedNanoUsd": 200000, "savedUsd": "0.000200000", "unattributedCalls": 1,
				  "shares": {
				   "input": {"costNanoUsd": 1200000, "costUsd": "0.001200000", "shareOfCost": 0.4000},
				   "cached": {"costNanoUsd": 300000, "costUsd": "0.000300000", "shareOfCost": 0.1000},
				   "output": {"costNanoUsd": 1350000, "costUsd": "0.001350000", "shareOfCost": 0.4500},
				   "other": {"costNanoUsd": 150000, "costUsd": "0.000150000", "shareOfCost": 0.0500},
				   "retry": {"costNanoUsd": 1000000, "costUsd": "0.001000000", "shareOfCost": 0.3333},
				   "estimated": {"costNanoUsd": 0, "costUsd": "0.000000000", "shareOfCost": 0.0000}}},
				 "unattributed": {"costNanoUsd": 1000000, "costUsd": "0.001000000", "shareOfCost": 0.3333},
				 "models": [
				  {"key": "openai/gpt-5-mini", "turns": 2, "calls": 2, "totalTokens": 3200, "costNanoUsd": 2000000},
				  {"key": "openai/gpt-5", "calls": 1}],
				 "tenants": [{"key": "acme", "calls": 2}, {"key": "unattributed", "calls": 1}]}
				""");
		json(response.body()).extractingPath("from").isNull();
	}

	@Test
	void shouldNarrowThePeriod() throws Exception {
		HttpResponse<String> response = actuator.get("costs?from=2026-11-02&to=2026-11-03T00:00:00%2B00:00");
		json(response.body()).isLenientlyEqualTo("""
				{"from": "2026-11-02T00:00:00Z", "to": "2026-11-03T00:00:00Z",
				 "totals": {"calls": 1, "savedNanoUsd": -50000, "savedUsd": "-0.000050000"}}""");
	}

	@Test
	void shouldListADimension() throws Exception {
		HttpResponse<String> response = actuator.get("costs/days?limit=2");
		json(response.body()).isLenientlyEqualTo("""
				{"dimension": "days", "omittedRows": 1,
				 "rows": [{"key": "2026-11-01", "calls": 1}, {"key": "2026-11-02", "failedCalls": 1}]}""");
	}

	@Test
	void shouldSayWhichDimensionsThereAre() throws Exception {
		HttpResponse<String> response = actuator.get("costs/colours");
		assertThat(response.statusCode()).isEqualTo(404);
		json(response.body()).isLenientlyEqualTo("""
				{"known": ["features", "models", "tenants", "days"]}""");
	}

	@Test
	void shouldRefuseBadParameters() throws Exception {
		assertProblem("costs?from=yesterday", "'from' must be a date such as 2026-11-01");
		assertProblem("costs?from=2026-11-02&to=2026-11-01", "'from' must be before 'to'");
		assertProblem("costs/days?limit=0", "'limit' must be a whole number from 1 to 10000, but is '0'");
	}

	@Test
	void shouldShowRecentTurns() throws Exception {
		HttpResponse<String> response = actuator.get("costevents?tenant=acme&limit=1");
		json(response.body()).isLenientlyEqualTo("""
				{"currency": "USD", "events": [
				 {"turn": {"id": "t3", "parentTurnId": null, "startedAt": "2026-11-03T10:00:00.250Z",
				   "latencyMillis": 500, "policy": "default", "tier": "AUTO", "tierCause": "no tiers configured",
				   "outcome": "ANSWERED", "cacheOutcome": "NOT_USED", "callCount": 1, "costNanoUsd": 1000000,
				   "costUsd": "0.001000000", "savedNanoUsd": 0, "savedUsd": "0.000000000",
				   "attribution": {"feature": "=evil()", "tenant": "acme", "user": "bob", "tags": {}}},
				  "calls": [{"id": "3", "turnId": "t3", "round": 1, "latencyMillis": 420,
				   "timeToFirstTokenMillis": 90, "operation": "CHAT", "purpose": "ANSWER", "provider": "openai",
				   "requestedModel": "gpt-5", "answeredModel": "gpt-5-mini", "serviceTier": "STANDARD",
				   "streamed": true, "outcome": "SUCCEEDED", "errorType": null, "coverage": "MANAGED",
				   "promptVersion": "v2",
				   "usage": {"source": "REPORTED", "inputTokens": 1000, "cacheReadTokens": 300,
				    "cacheWriteTokens": 200, "outputTokens": 100, "reasoningTokens": 20,
				    "units": {"INPUT": 1000, "CACHE_READ": 300, "CACHE_WRITE_5M": 200, "OUTPUT": 80,
				     "OUTPUT_REASONING": 20, "WEB_SEARCH": 1}},
				   "price": {"state": "EXACT", "costNanoUsd": 1000000, "costUsd": "0.001000000",
				    "inputNanoUsd": 400000, "cachedNanoUsd": 100000, "outputNanoUsd": 450000,
				    "otherNanoUsd": 50000, "catalogVersion": "2026-11-23", "priceTier": "standard"},
				   "attempts": [{"number": 1, "status": 429, "latencyMillis": 12, "outcome": "http_429"},
				    {"number": 2, "status": 200, "latencyMillis": 400, "outcome": "ok"}]}]}]}
				""");
	}

	@Test
	void shouldFilterTurns() throws Exception {
		for (String filter : new String[] { "feature=support", "user=ann", "model=gpt-5" }) {
			json(actuator.get("costevents?outcome=answered&" + filter).body()).extractingPath("events.length()")
				.isEqualTo(1);
		}
		json(actuator.get("costevents?outcome=REFUSED").body()).extractingPath("events").asArray().isEmpty();
		assertProblem("costevents?outcome=nice",
				"'outcome' must be one of [ANSWERED, FAILED, CANCELLED, REFUSED, OTHER]");
		assertProblem("costevents?limit=1001", "'limit' must be a whole number from 1 to 1000");
	}

	@Test
	void shouldExportCalls() throws Exception {
		HttpResponse<String> response = actuator.get("costexport?from=2026-11-03");
		assertThat(response.headers().firstValue("content-type")).hasValue("text/csv;charset=UTF-8");
		assertThat(Csv.records(response.body()))
			.singleElement(InstanceOfAssertFactories.map(String.class, String.class))
			.containsEntry("callId", "3")
			.containsEntry("feature", "'=evil()");
		assertThat(Csv.records(actuator.get("costexport?format=focus").body())).hasSize(12);
		assertProblem("costexport?format=xls", "'format' must be 'calls' or 'focus', but is 'xls'");
	}

	@Test
	void shouldShowItsState() throws Exception {
		json(actuator.get("health").body()).isLenientlyEqualTo("""
				{"components": {"costwise": {"status": "UP",
				 "details": {"ledger": {"type": "ListLedger", "reachable": true, "lostRecords": 0},
				  "faults": {"ledger": 0, "listener": 0}}}}}""");
		json(actuator.get("info").body()).isLenientlyEqualTo("""
				{"costwise": {"mode": "enforce", "ledger": "ListLedger"}}""");
		assertThat(actuator.get("metrics/costwise.faults").statusCode()).isEqualTo(200);
	}

	@Test
	void shouldAnswerAsDocumented() throws Exception {
		Matcher examples = Pattern.compile("<!-- response: (\\S+) -->\n```json\n(.*?)```", Pattern.DOTALL)
			.matcher(Files.readString(Path.of("..", "docs", "actuator.md")));
		int count = 0;
		while (examples.find()) {
			assertThat(shape(examples.group(2))).as(examples.group(1))
				.isEqualTo(shape(actuator.get(examples.group(1)).body()));
			count++;
		}
		assertThat(count).isEqualTo(4);
	}

	@Test
	void shouldBeReadOnly() throws Exception {
		for (String method : new String[] { "POST", "DELETE", "PUT" }) {
			assertThat(actuator.send(method, "costs", HttpRequest.BodyPublishers.noBody()).statusCode()).isEqualTo(405);
		}
	}

	private static void assertProblem(String path, String error) throws Exception {
		HttpResponse<String> response = actuator.get(path);
		assertThat(response.statusCode()).isEqualTo(400);
		json(response.body()).extractingPath("error").asString().contains(error);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		UsageLedger ledger() {
			return new ListLedger();
		}

	}

}
