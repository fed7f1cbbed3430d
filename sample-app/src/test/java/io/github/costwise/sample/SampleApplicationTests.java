package io.github.costwise.sample;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sample as its users meet it: asked over HTTP, its cost read from Actuator. Prices
 * here are those that the providers publish, in US dollars for a million tokens.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "demo.provider.pace=0ms")
@Tag("chain")
class SampleApplicationTests {

	private static final Prices GPT_5_MINI = new Prices("0.25", "0.025", "2.00");

	private static final Prices GPT_5_NANO = new Prices("0.05", "0.005", "0.40");

	private static final Prices CLAUDE_HAIKU = new Prices("1.00", "0.10", "5.00");

	private static final String TICKET = "The lamp of order AF-1003 arrived broken. Please send a new one today. "
			+ "Regards, Eve Moss";

	@LocalServerPort
	private int port;

	private SampleClient sample;

	@BeforeEach
	void useTenantOfItsOwn(TestInfo test) {
		this.sample = new SampleClient(this.port, test.getTestMethod().orElseThrow().getName());
	}

	@Test
	void anAnswerCostsItsTokensTimesTheirPrices() {
		JsonNode answer = this.sample.ask("answers", "When is my invoice due?");
		assertThat(answer.path("answer").asString()).contains("14 days after delivery");
		JsonNode event = this.sample.newestEvent();
		JsonNode call = event.path("calls").path(0);
		assertThat(call.path("answeredModel").asString()).startsWith("gpt-5-mini");
		assertThat(call.path("usage").path("source").asString()).isEqualTo("REPORTED");
		assertThat(call.path("usage").path("outputTokens").asLong())
			.isEqualTo(tokens(answer.path("answer").asString()));
		assertThat(cost(call)).isEqualByComparingTo(GPT_5_MINI.of(call.path("usage")));
		assertThat(cost(event.path("turn"))).isEqualByComparingTo(cost(call));
	}

	@Test
	void aRepeatedHandbookIsPricedAsCached() {
		this.sample.ask("answers", "When is my invoice due?");
		this.sample.ask("answers", "How can I return a lamp?");
		JsonNode call = this.sample.newestEvent().path("calls").path(0);
		long cached = call.path("usage").path("cacheReadTokens").asLong();
		assertThat(cached).isGreaterThanOrEqualTo(1024);
		assertThat(call.path("price").path("cachedNanoUsd").asLong()).isEqualTo(25 * cached);
		assertThat(cost(call)).isEqualByComparingTo(GPT_5_MINI.of(call.path("usage")));
	}

	@Test
	void aRepeatedQuestionIsAnsweredByTheCacheUntilItIsMarkedWrong() {
		this.sample.ask("answers", "How can I return a lamp?");
		BigDecimal price = cost(this.sample.newestEvent().path("turn"));
		String hit = this.sample.post("/api/answers", this.sample.inquiry("How can I return a lamp?"))
			.getHeaders()
			.getFirst("X-Cache-Hit");
		JsonNode event = this.sample.newestEvent();
		assertThat(event.path("calls")).isEmpty();
		assertThat(event.path("turn").path("cacheOutcome").asString()).isEqualTo("HIT");
		assertThat(new BigDecimal(event.path("turn").path("savedUsd").asString())).isEqualByComparingTo(price);
		assertThat(this.sample.markWrong(hit).path("removed").asBoolean()).isTrue();
		this.sample.ask("answers", "How can I return a lamp?");
		assertThat(this.sample.newestEvent().path("calls")).hasSize(1);
	}

	@Test
	void aSummaryComesFromTheOtherProvider() {
		JsonNode answer = this.sample.ask("summaries", TICKET);
		assertThat(answer.path("summary").asString()).contains("Eve Moss");
		JsonNode call = this.sample.newestEvent().path("calls").path(0);
		assertThat(call.path("provider").asString()).isEqualTo("anthropic");
		assertThat(call.path("answeredModel").asString()).startsWith("claude-haiku-4-5");
		assertThat(cost(call)).isPositive().isEqualByComparingTo(CLAUDE_HAIKU.of(call.path("usage")));
	}

	@Test
	void factsAreJson() {
		JsonNode facts = this.sample.ask("facts", TICKET);
		assertThat(facts).isEqualTo(JsonMapper.shared().readTree("""
				{"customer": "Eve Moss", "order": "AF-1003", "topic": "a damaged article", "urgent": true}"""));
		JsonNode call = this.sample.newestEvent().path("calls").path(0);
		assertThat(cost(call)).isPositive().isEqualByComparingTo(CLAUDE_HAIKU.of(call.path("usage")));
	}

	@Test
	void aStreamIsAccountedFromItsReportedUsage() {
		String answer = this.sample.chat("How can I return a lamp?");
		assertThat(answer).startsWith("A customer may return any article");
		JsonNode call = this.sample.newestEvent().path("calls").path(0);
		assertThat(call.path("streamed").asBoolean()).isTrue();
		assertThat(call.path("timeToFirstTokenMillis").isNumber()).isTrue();
		assertThat(call.path("usage").path("source").asString()).isEqualTo("REPORTED");
		assertThat(call.path("usage").path("outputTokens").asLong()).isEqualTo(tokens(answer));
		assertThat(cost(call)).isEqualByComparingTo(GPT_5_NANO.of(call.path("usage")));
	}

	@Test
	void aToolMakesASecondCall() {
		assertThat(this.sample.chat("Where is AF-1001?"))
			.isEqualTo("Order AF-1001, desk lamp Wren, is shipped. Delivery: tomorrow.");
		JsonNode event = this.sample.newestEvent();
		JsonNode calls = event.path("calls");
		assertThat(calls).hasSize(2);
		assertThat(calls.path(0).path("purpose").asString()).isEqualTo("ANSWER");
		assertThat(calls.path(1).path("purpose").asString()).isEqualTo("TOOL_ROUND");
		BigDecimal expected = GPT_5_NANO.of(calls.path(0).path("usage"))
			.add(GPT_5_NANO.of(calls.path(1).path("usage")));
		assertThat(cost(event.path("turn"))).isEqualByComparingTo(expected);
	}

	@Test
	void aRetryOfTheClientIsShown() {
		this.sample.arm("rate-limit");
		this.sample.ask("answers", "When is my invoice due?");
		JsonNode event = this.sample.newestEvent();
		assertThat(event.path("calls")).hasSize(1);
		assertThat(event.path("calls").path(0).path("attempts").findValuesAsString("outcome"))
			.containsExactly("http_429", "ok");
		assertThat(cost(event.path("turn"))).isPositive();
	}

	@Test
	void aCutStreamIsChargedByEstimate() {
		this.sample.arm("cut");
		assertThat(this.sample.chat("How can I return a lamp?"))
			.endsWith("The model did not answer (OpenAIIoException).");
		JsonNode event = this.sample.newestEvent();
		assertThat(event.path("turn").path("outcome").asString()).isEqualTo("FAILED");
		JsonNode call = event.path("calls").path(0);
		assertThat(call.path("outcome").asString()).isEqualTo("FAILED");
		assertThat(call.path("usage").path("source").asString()).isEqualTo("ESTIMATED");
		assertThat(cost(call)).isPositive();
	}

	@Test
	void aChatIsRoutedByItsQuestion() {
		this.sample.chat("How can I return a lamp?");
		JsonNode turn = this.sample.newestEvent().path("turn");
		assertThat(turn.path("tierCause").asString()).isEqualTo("score: light, nano");
		assertThat(new BigDecimal(turn.path("savedUsd").asString())).isPositive();
		JsonNode decision = this.sample.get("/actuator/costroutes/" + turn.path("id").asString());
		assertThat(decision.path("cause").asString()).isEqualTo("score");
		assertThat(decision.path("alternatives").valueStream().map(JsonNode::asString)).containsExactly("mini",
				"sonnet");
	}

	@Test
	void anotherModelTakesOverInAChat() {
		this.sample.arm("server-error?times=2");
		assertThat(this.sample.chat("How can I return a lamp?")).startsWith("A customer may return any article");
		JsonNode event = this.sample.newestEvent();
		assertThat(event.path("calls").findValuesAsString("requestedModel")).containsExactly("gpt-5-nano",
				"gpt-5-mini");
		assertThat(event.path("calls").path(1).path("purpose").asString()).isEqualTo("FALLBACK");
		assertThat(cost(event.path("turn"))).isEqualByComparingTo(cost(event.path("calls").path(1)));
		JsonNode takeovers = this.sample.get("/actuator/costroutes").path("takeovers");
		assertThat(takeovers.path(0).path("from").asString()).isEqualTo("nano");
		assertThat(takeovers.path(0).path("to").asString()).isEqualTo("mini");
	}

	@Test
	void aTurnNamesItsOwner() {
		this.sample.ask("summaries", TICKET);
		JsonNode turn = this.sample.newestEvent().path("turn");
		assertThat(turn.path("attribution").path("feature").asString()).isEqualTo("summaries");
		assertThat(turn.path("attribution").path("tenant").asString()).isEqualTo("aTurnNamesItsOwner");
		assertThat(turn.path("attribution").path("user").asString()).isEqualTo("ann");
		assertThat(turn.path("promptVersion").asString()).isEqualTo("1");
	}

	@Test
	void totalsAddUpTheTurnsOfATenant() {
		this.sample.ask("answers", "When is my invoice due?");
		BigDecimal first = cost(this.sample.newestEvent().path("turn"));
		this.sample.ask("summaries", TICKET);
		BigDecimal second = cost(this.sample.newestEvent().path("turn"));
		JsonNode row = this.sample.get("/actuator/costs/tenants")
			.path("rows")
			.valueStream()
			.filter((tenant) -> tenant.path("key").asString().equals("totalsAddUpTheTurnsOfATenant"))
			.findFirst()
			.orElseThrow();
		assertThat(row.path("turns").asInt()).isEqualTo(2);
		assertThat(cost(row)).isEqualByComparingTo(first.add(second));
	}

	@Test
	void aBadRequestSaysWhatIsRight() {
		ResponseEntity<JsonNode> response = this.sample.post("/api/answers", Map.of("text", " "));
		assertThat(response.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
		assertThat(response.getBody().path("detail").asString()).contains("Send JSON such as {\"text\"");
	}

	@Test
	void aProviderThatStaysAwayIsABadGateway() {
		this.sample.post("/demo/faults/server-error?times=2", Map.of());
		ResponseEntity<JsonNode> response = this.sample.post("/api/answers", this.sample.inquiry("Hello there"));
		assertThat(response.getStatusCode()).isEqualTo(HttpStatus.BAD_GATEWAY);
		JsonNode event = this.sample.newestEvent();
		assertThat(event.path("turn").path("outcome").asString()).isEqualTo("FAILED");
		assertThat(event.path("calls").path(0).path("attempts")).hasSize(2);
		assertThat(cost(event.path("turn"))).isZero();
	}

	@Test
	void aTenantThatOnlyTriesTheDeskRunsIntoItsBudget() {
		SampleClient trial = new SampleClient(this.port, "trial");
		ResponseEntity<JsonNode> response = trial.post("/api/answers", trial.inquiry("How can I return a lamp?"));
		int answered = 0;
		while (response.getStatusCode().is2xxSuccessful() && answered < 100) {
			answered++;
			response = trial.post("/api/answers", trial.inquiry("How can I return " + answered + " lamps?"));
		}
		assertThat(answered).isBetween(1, 99);
		assertThat(response.getStatusCode()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
		assertThat(response.getHeaders().getFirst("Retry-After")).isNotNull();
		JsonNode account = trial.get("/actuator/costbudgets/trial").path("accounts").path(0);
		assertThat(account.path("spent").decimalValue()).isPositive().isLessThanOrEqualTo(new BigDecimal("0.003"));
		trial.post("/actuator/costbudgets/trial",
				Map.of("action", "raise", "amount", "1 USD", "why", "they signed a contract"));
		trial.ask("answers", "When is my invoice due?");
		trial.post("/actuator/costbudgets/trial", Map.of("action", "block", "why", "they left"));
		assertThat(trial.chat("How can I return a lamp?")).isEqualTo("Your company has no budget left for the desk.");
		trial.post("/actuator/costbudgets/trial", Map.of("action", "resume", "why", "they came back"));
	}

	@Test
	void theDemoSaysThatItIsSimulated() {
		assertThat(this.sample.get("/api/about").path("simulated").asBoolean()).isTrue();
		ResponseEntity<JsonNode> response = this.sample.post("/api/answers", this.sample.inquiry("Hello there"));
		assertThat(response.getHeaders().getFirst("X-Simulated")).isEqualTo("true");
		assertThat(response.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_JSON);
	}

	private static BigDecimal cost(JsonNode priced) {
		JsonNode amount = priced.has("price") ? priced.path("price") : priced;
		BigDecimal usd = new BigDecimal(amount.path("costUsd").asString());
		assertThat(BigDecimal.valueOf(amount.path("costNanoUsd").asLong(), 9)).isEqualByComparingTo(usd);
		return usd;
	}

	private static long tokens(String text) {
		return Pattern.compile("\\p{L}{1,6}|\\p{N}{1,3}|[^\\p{L}\\p{N}\\s]").matcher(text).results().count();
	}

	private record Prices(String input, String cacheRead, String output) {

		BigDecimal of(JsonNode usage) {
			assertThat(usage.path("cacheWriteTokens").asLong()).isZero();
			return of("inputTokens", this.input, usage).add(of("cacheReadTokens", this.cacheRead, usage))
				.add(of("outputTokens", this.output, usage));
		}

		private static BigDecimal of(String kind, String usdPerMillion, JsonNode usage) {
			return new BigDecimal(usdPerMillion).movePointLeft(6).multiply(new BigDecimal(usage.path(kind).asLong()));
		}

	}

}
