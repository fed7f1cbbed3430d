package io.github.costwise.actuate;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.costwise.Attribution;
import io.github.costwise.accounting.InMemoryUsageLedger;
import io.github.costwise.accounting.InMemoryUsageLedger.Settings;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.Outcome;
import io.github.costwise.spi.UsageLedger;

import static io.github.costwise.actuate.ActuatorHttp.json;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@code costs} by dimensions and filters over HTTP, on both kinds of servers.
 */
@Tag("chain")
@ParameterizedClass
@EnumSource(value = WebApplicationType.class, names = { "SERVLET", "REACTIVE" })
class CostBreakdownIntegrationTests {

	@Parameter
	private WebApplicationType type;

	private static ConfigurableApplicationContext context;

	private static ActuatorHttp actuator;

	@BeforeParameterizedClassInvocation
	static void start(WebApplicationType type) {
		context = new SpringApplicationBuilder(Application.class).web(type)
			.run("--server.port=0", "--management.endpoints.web.exposure.include=costs", "--spring.ai.model.chat=none",
					"--spring.ai.model.embedding=none", "--spring.ai.model.image=none", "--spring.ai.model.audio=none",
					"--spring.ai.model.audio.speech=none", "--spring.ai.model.audio.transcription=none",
					"--spring.ai.model.moderation=none", "--spring.main.banner-mode=off");
		actuator = new ActuatorHttp(context);
		UsageLedger ledger = context.getBean(UsageLedger.class);
		append(ledger, "1", whose("acme", "red"), 0, "gpt-5");
		append(ledger, "2", whose("acme", "red"), 1, "gpt-5-mini");
		append(ledger, "3", whose("acme", "blue"), 14, "gpt-5");
		append(ledger, "4", whose("umbrella", "red"), 15, "gpt-5");
		append(ledger, "5", Attribution.NONE, 15, "gpt-5");
	}

	private static Attribution whose(String tenant, String team) {
		return new Attribution("answers", tenant, null, Map.of("team", team));
	}

	private static void append(UsageLedger ledger, String id, Attribution whose, int hour, String model) {
		CallRecord call = Records.call(id, whose, Records.START.plus(Duration.ofHours(hour)), model, Outcome.SUCCEEDED);
		ledger.append(call);
		ledger.append(Records.turn(call, 100_000));
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		context.close();
	}

	@Test
	void shouldBreakDownByDimensions() throws Exception {
		assertAnswers("by=tenant,model&feature=answers",
				"""
						{"by": ["tenant", "model"], "filters": {"feature": "answers"}, "zone": "Z", "from": null, "to": null,
						 "currency": "USD", "complete": true, "coveredFrom": null, "gaps": [], "omitted": null,
						 "undistinguished": null, "rows": [
						  {"values": {"tenant": "acme", "model": "gpt-5"}, "sums": {"turns": null, "calls": 2, "inputTokens": 2000,
						   "totalTokens": 3200, "costNanoUsd": 2000000, "costUsd": "0.002000000", "exactNanoUsd": 2000000,
						   "estimatedNanoUsd": 0, "savedNanoUsd": null, "savedBy": null}},
						  {"values": {"tenant": "acme", "model": "gpt-5-mini"}, "sums": {"calls": 1}},
						  {"values": {"tenant": "umbrella", "model": "gpt-5"}, "sums": {"calls": 1}}]}""");
	}

	@Test
	void shouldFilterByTags() throws Exception {
		assertAnswers("by=tag:team&tag:team=red", """
				{"filters": {"tag:team": "red"}, "rows": [{"values": {"tag:team": "red"},
				 "sums": {"turns": 3, "calls": 3, "savedNanoUsd": 300000, "savedUsd": "0.000300000",
				  "savedBy": {"cacheNanoUsd": 0, "routingNanoUsd": 300000, "ownCallsNanoUsd": 0}}}]}""");
		assertAnswers("tag%3Ateam=green", """
				{"by": [], "rows": [{"values": {}, "sums": {"calls": 0, "costNanoUsd": 0}}]}""");
		assertAnswers("by=tenant&by=tag:team&tenant=",
				"""
						{"filters": {"tenant": ""}, "rows": [{"values": {"tenant": null, "tag:team": null}, "sums": {"calls": 1}}]}""");
	}

	@Test
	void shouldBeginHoursAndDaysInTheZone() throws Exception {
		assertAnswers("by=day&feature=answers", """
				{"rows": [{"values": {"day": "2026-11-01"}, "sums": {"calls": 2}},
				 {"values": {"day": "2026-11-02"}, "sums": {"calls": 2}}]}""");
		assertAnswers("by=day&zone=America/New_York&from=2026-11-01&to=2026-11-02",
				"""
						{"zone": "America/New_York", "from": "2026-11-01T04:00:00Z", "to": "2026-11-02T05:00:00Z",
						 "coveredFrom": "2026-11-01T04:00:00Z", "rows": [{"values": {"day": "2026-11-01"}, "sums": {"calls": 5}}]}""");
		assertAnswers("by=hour&limit=1&zone=%2B05:30", """
				{"rows": [{"values": {"hour": "2026-11-02T06:00+05:30"}, "sums": {"calls": 2}}],
				 "omitted": {"rows": 3, "sums": {"turns": 3, "calls": 3, "costNanoUsd": 3000000}}}""");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			value = { "by=colour | There is no dimension 'colour' | tag:<name>",
					"by=tag: | There is no dimension 'tag:' | purpose",
					"by=tenant;model | There is no dimension 'tenant;model' | hour",
					"featur=answers | There is no parameter 'featur' | feature",
					"by=tenant&Feature=answers | There is no parameter 'Feature' | feature",
					"day=2026-11-01 | There is no parameter 'day' | from",
					"purpose=fun | There is no purpose 'fun' | TOOL_ROUND" })
	void shouldRefuseWhatIsNotKnownAndSayWhatIs(String query, String error, String known) throws Exception {
		HttpResponse<String> response = actuator.get("costs?" + query.replace(";", "%3B"));
		assertThat(response.statusCode()).isEqualTo(400);
		json(response.body()).extractingPath("error").isEqualTo(error);
		json(response.body()).extractingPath("known").asArray().contains(known).doesNotContain(error);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', value = { "feature=a&feature=b | 'feature' can be given once",
			"by=tenant,tenant | 'by' must name each dimension once", "by=day&zone=Mars | 'zone' must be a time zone",
			"by=day&limit=0 | 'limit' must be a whole number", "by=day&from=soon | 'from' must be a date" })
	void shouldRefuseWhatCannotBeRead(String query, String error) throws Exception {
		HttpResponse<String> response = actuator.get("costs?" + query);
		assertThat(response.statusCode()).isEqualTo(400);
		json(response.body()).extractingPath("error").asString().startsWith(error);
	}

	@Test
	void shouldKeepThePresentPaths() throws Exception {
		json(actuator.get("costs?from=2026-11-02").body()).isLenientlyEqualTo("""
				{"totals": {"key": "all", "calls": 3}}""");
		json(actuator.get("costs/features?limit=1").body()).isLenientlyEqualTo("""
				{"dimension": "features", "rows": [{"key": "answers", "calls": 4}], "omittedRows": 1}""");
	}

	private void assertAnswers(String query, String expected) throws Exception {
		HttpResponse<String> response = actuator.get("costs?" + query);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		json(response.body()).isLenientlyEqualTo(expected);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		UsageLedger ledger() {
			return new InMemoryUsageLedger(Settings.DEFAULTS,
					Clock.fixed(Instant.parse("2026-11-03T00:00:00Z"), ZoneOffset.UTC));
		}

	}

}
