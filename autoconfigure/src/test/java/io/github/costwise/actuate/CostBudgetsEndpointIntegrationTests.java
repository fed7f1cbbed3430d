package io.github.costwise.actuate;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.costwise.BudgetExceededException;
import io.github.costwise.CostScope;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.FakeTime;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;
import io.github.costwise.testsupport.TestTimes;
import io.github.costwise.time.Time;

import static io.github.costwise.actuate.ActuatorHttp.json;
import static io.github.costwise.actuate.ActuatorHttp.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@code costbudgets} over HTTP, in a server that Boot wires by itself. Each
 * call costs two cents.
 */
@Timeout(120)
@Tag("chain")
@ExtendWith(OutputCaptureExtension.class)
class CostBudgetsEndpointIntegrationTests {

	private static LoopbackProvider provider;

	private static ConfigurableApplicationContext context;

	private static ActuatorHttp actuator;

	@BeforeAll
	static void start() {
		provider = new LoopbackProvider().handler((request) -> Answer.text("yes")
			.usage("{\"prompt_tokens\":1000,\"completion_tokens\":1900,\"total_tokens\":2900}"));
		context = application("--management.endpoint.costbudgets.access=unrestricted");
		actuator = new ActuatorHttp(context);
	}

	private static ConfigurableApplicationContext application(String... more) {
		String[] settings = { "--server.port=0", "--management.endpoints.web.exposure.include=*",
				"--spring.ai.model.chat=none", "--spring.ai.model.embedding=none", "--spring.ai.model.image=none",
				"--spring.ai.model.audio=none", "--spring.ai.model.audio.speech=none",
				"--spring.ai.model.audio.transcription=none", "--spring.ai.model.moderation=none",
				"--costwise.ledger.type=memory", "--spring.main.banner-mode=off",
				"--spring.autoconfigure.exclude=org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
				"--costwise.accounting.providers[127.0.0.1]=openai", "--costwise.pricing.models[0].provider=openai",
				"--costwise.pricing.models[0].model=p", "--costwise.pricing.models[0].input=1",
				"--costwise.pricing.models[0].output=10", "--costwise.budgets.limits.all.limit=1 USD",
				"--costwise.budgets.limits.tenants.limit=0.04 USD", "--costwise.budgets.limits.tenants.window=day",
				"--costwise.budgets.limits.tenants.per=tenant", "--costwise.budgets.limits.watched.limit=1 calls",
				"--costwise.budgets.limits.watched.window=90m", "--costwise.budgets.limits.watched.mode=observe" };
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET)
			.run(Stream.of(settings, more).flatMap(Stream::of).toArray(String[]::new));
	}

	@AfterAll
	static void stop() {
		context.close();
		provider.close();
	}

	@Test
	void showsWhatIsSpentAndLeftAndChangesNothing() throws Exception {
		try (ConfigurableApplicationContext other = application()) {
			ask(other, "acme");
			ask(other, "acme");
			refused(other, "acme");
			ask(other, "globex");
			ActuatorHttp readOnly = new ActuatorHttp(other);
			HttpResponse<String> response = readOnly.get("costbudgets");
			assertThat(response.statusCode()).isEqualTo(200);
			json(response.body()).isLenientlyEqualTo(
					"""
								{"store": "MemoryBudgetStore", "heldFor": "this instance only", "oldestHoldMillis": 0,
							"budgets": [
								 {"id": "all", "unit": "USD", "limit": 1, "per": [], "window": "total", "mode": "enforce",
								  "control": "as-configured", "refusals": {}, "wouldHaveRefused": 0, "overruns": 0, "unpricedCalls": 0,
								  "accounts": [{"owner": "", "limit": 1, "spent": 0.06, "held": 0, "holds": 0, "free": 0.94,
								   "percent": 6, "forecast": null, "from": null, "until": null}]},
								 {"id": "tenants", "unit": "USD", "limit": 0.04, "per": ["tenant"], "window": "day",
								  "refusals": {"spent": 1},
								  "accounts": [{"owner": "acme", "spent": 0.04, "free": 0, "percent": 100},
								   {"owner": "globex", "spent": 0.02, "free": 0.02, "percent": 50}]},
								 {"id": "watched", "unit": "calls", "limit": 1, "window": "last 1h30m", "mode": "observe",
								  "wouldHaveRefused": 2, "accounts": [{"spent": 3, "free": -2, "percent": 300, "from": null}]}]}""");
			json(readOnly.get("costbudgets/tenants").body()).extractingPath("accounts[0].from")
				.asString()
				.endsWith("T00:00:00Z");
			assertThat(readOnly.post("costbudgets/all", "{\"action\": \"block\", \"why\": \"x\"}").statusCode())
				.isEqualTo(405);
		}
	}

	@Test
	void answersAsDocumented() throws Exception {
		Matcher example = Pattern.compile("<!-- costbudgets -->\n```json\n(.*?)```", Pattern.DOTALL)
			.matcher(Files.readString(Path.of("..", "docs", "budgets.md")));
		assertThat(example.find()).isTrue();
		ask("acme");
		assertThat(shape(actuator.get("costbudgets").body())).containsSubsequence(shape(example.group(1)));
	}

	@Test
	void showsOneBudgetAndOneAccount() throws Exception {
		ask("one");
		ask("two");
		HttpResponse<String> tenants = actuator.get("costbudgets/tenants");
		json(tenants.body()).isLenientlyEqualTo("{\"id\": \"tenants\", \"heldFor\": \"this instance only\"}");
		json(tenants.body()).extractingPath("accounts[*].owner").asArray().contains("one", "two");
		json(actuator.get("costbudgets/tenants?limit=1").body()).extractingPath("accounts.length()").isEqualTo(1);
		json(actuator.get("costbudgets/tenants?owner=two").body())
			.isLenientlyEqualTo("{\"accounts\": [{\"owner\": \"two\", \"spent\": 0.02}]}");
	}

	@Test
	void saysWhatIsKnownInThePlaceOfWhatIsNot() throws Exception {
		ask("known");
		HttpResponse<String> unknown = actuator.get("costbudgets/nothing");
		assertThat(unknown.statusCode()).isEqualTo(404);
		json(unknown.body()).isLenientlyEqualTo("{\"known\": [\"all\", \"tenants\", \"watched\"]}");
		HttpResponse<String> nobody = actuator.get("costbudgets/tenants?owner=nobody");
		assertThat(nobody.statusCode()).isEqualTo(404);
		json(nobody.body()).extractingPath("known").asArray().contains("known");
		assertThat(actuator.get("costbudgets?limit=0").statusCode()).isEqualTo(400);
		HttpResponse<String> verb = act("tenants", "pause", "\"why\": \"test\"");
		assertThat(verb.statusCode()).isEqualTo(400);
		json(verb.body())
			.isLenientlyEqualTo("{\"known\": [\"raise\", \"reset\", \"adjust\", \"suspend\", \"resume\", \"block\"]}");
		assertThat(act("nothing", "block", "\"why\": \"test\"").statusCode()).isEqualTo(404);
	}

	@Test
	void raisingLetsTheOwnerGoOn(CapturedOutput output) throws Exception {
		ask("raised");
		ask("raised");
		refused("raised");
		HttpResponse<String> response = act("tenants", "raise",
				"\"owner\": \"raised\", \"amount\": \"0.02 USD\", \"why\": \"a launch\\nFORGED line\"");
		assertThat(response.statusCode()).isEqualTo(200);
		json(response.body()).isLenientlyEqualTo("{\"budget\": \"tenants\", \"action\": \"raise\", \"account\": "
				+ "{\"owner\": \"raised\", \"limit\": 0.06, \"spent\": 0.04, \"free\": 0.02}}");
		ask("raised");
		refused("raised");
		assertThat(output.getOut()).contains("raise of the budget 'tenants' of 'raised' by ann at 20")
			.contains("because: a launch FORGED line.");
	}

	@Test
	void raisesBeforeTheFirstCall() throws Exception {
		HttpResponse<String> response = act("tenants", "raise",
				"\"owner\": \"new\", \"amount\": \"0.02 USD\", \"why\": \"a launch\"");
		json(response.body()).isLenientlyEqualTo("{\"account\": {\"owner\": \"new\", \"limit\": 0.06, \"spent\": 0}}");
		json(actuator.get("costbudgets/tenants?owner=new").body())
			.isLenientlyEqualTo("{\"accounts\": [{\"limit\": 0.06, \"percent\": 0}]}");
		ask("new");
		ask("new");
		ask("new");
		refused("new");
	}

	@Test
	void resetAndAdjustChangeWhatIsSpent() throws Exception {
		ask("adjusted");
		json(act("tenants", "adjust", "\"owner\": \"adjusted\", \"amount\": \"0.02 USD\", \"why\": \"an invoice\"")
			.body()).isLenientlyEqualTo("{\"account\": {\"spent\": 0.04}}");
		refused("adjusted");
		json(act("tenants", "adjust", "\"owner\": \"adjusted\", \"amount\": \"-0.01 USD\", \"why\": \"refund\"").body())
			.isLenientlyEqualTo("{\"account\": {\"spent\": 0.03}}");
		json(act("tenants", "reset", "\"owner\": \"adjusted\", \"why\": \"a test\"").body())
			.isLenientlyEqualTo("{\"account\": {\"spent\": 0, \"limit\": 0.04}}");
		ask("adjusted");
	}

	@Test
	void blockSuspendAndResume() throws Exception {
		assertThat(act("all", "block", "\"why\": \"an attack\"").statusCode()).isEqualTo(200);
		refused("paused");
		json(actuator.get("costbudgets/all").body())
			.isLenientlyEqualTo("{\"control\": \"blocked\", \"refusals\": {\"blocked\": 1}}");
		act("all", "resume", "\"why\": \"it is over\"");
		ask("paused");
		ask("paused");
		act("tenants", "suspend", "\"why\": \"a demonstration\"");
		ask("paused");
		json(actuator.get("costbudgets/tenants").body()).isLenientlyEqualTo("{\"control\": \"suspended\"}");
		act("tenants", "resume", "\"why\": \"it is over\"");
		refused("paused");
	}

	@Test
	void refusesWhatCannotBeDone() throws Exception {
		assertProblem(act("all", "block", "\"amount\": null"), "'why' is missing");
		assertProblem(act("all", "raise", "\"why\": \"x\""),
				"'raise' needs an 'amount' with its unit, such as '5 USD'");
		assertProblem(act("all", "raise", "\"why\": \"x\", \"amount\": \"5\""), "'5' is not an amount with its unit");
		assertProblem(act("all", "raise", "\"why\": \"x\", \"amount\": \"5 EUR\""), "'EUR' is not a unit");
		assertProblem(act("all", "raise", "\"why\": \"x\", \"amount\": \"5 tokens\""), "is not in USD");
		assertProblem(act("all", "raise", "\"why\": \"x\", \"amount\": \"-5 USD\""), "is not above zero");
		assertProblem(act("all", "raise", "\"why\": \"x\", \"amount\": \"9000000000 USD\""), "too large");
		assertProblem(act("all", "reset", "\"why\": \"x\", \"owner\": \"acme\""), "one account of all calls");
		assertProblem(act("all", "block", "\"why\": \"x\", \"owner\": \"acme\""), "concerns the whole budget");
		assertProblem(act("tenants", "reset", "\"why\": \"x\""), "for each tenant; name the 'owner'");
		assertProblem(act("tenants", "reset", "\"why\": \"x\", \"owner\": \"acme\", \"amount\": \"1 USD\""),
				"takes no 'amount'");
	}

	private static void assertProblem(HttpResponse<String> response, String error) {
		assertThat(response.statusCode()).isEqualTo(400);
		json(response.body()).extractingPath("error").asString().contains(error);
	}

	private static HttpResponse<String> act(String budget, String action, String rest)
			throws IOException, InterruptedException {
		return actuator.post("costbudgets/" + budget, "{\"action\": \"" + action + "\", " + rest + "}");
	}

	private static void refused(String tenant) {
		refused(context, tenant);
	}

	private static void refused(ConfigurableApplicationContext application, String tenant) {
		assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> ask(application, tenant));
	}

	private static void ask(String tenant) {
		ask(context, tenant);
	}

	private static void ask(ConfigurableApplicationContext application, String tenant) {
		CostScope.builder()
			.tenant(tenant)
			.build()
			.run(() -> application.getBean(ChatClient.Builder.class)
				.build()
				.prompt("Hello?")
				.options(OpenAiChatOptions.builder().maxTokens(1900))
				.call()
				.content());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		ChatModel openAi() {
			return LoopbackModels.openAi(provider, (options) -> options.model("p"), ObservationRegistry.NOOP,
					List.of());
		}

		/** It is noon: within the first tenth of a day nothing is forecast. */
		@Bean
		Time time() {
			return TestTimes.real(new FakeTime());
		}

		/** Knows who asks, as one of security would. */
		@Bean
		Filter principal() {
			return (request, response, chain) -> chain
				.doFilter(new HttpServletRequestWrapper((HttpServletRequest) request) {
					@Override
					public Principal getUserPrincipal() {
						return () -> "ann";
					}
				}, response);
		}

	}

}
