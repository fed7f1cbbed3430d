package io.github.costwise.actuate;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.json.JsonContent;
import org.springframework.test.json.JsonContentAssert;

import io.github.costwise.accounting.Tier;
import io.github.costwise.pipeline.CostScope;
import io.github.costwise.pipeline.TurnRouter;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@code costroutes} over HTTP, in a server that Boot wires by itself.
 */
class CostRoutesEndpointIntegrationTests {

	private static final HttpClient client = HttpClient.newHttpClient();

	private static LoopbackProvider provider;

	private static ConfigurableApplicationContext context;

	private static String turn;

	@BeforeAll
	static void start() {
		provider = new LoopbackProvider()
			.handler((request) -> request.model().equals("gpt-5-mini") ? Answer.error(503) : Answer.text("yes"));
		context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET)
			.run("--server.port=0", "--management.endpoints.web.exposure.include=*", "--spring.ai.model.chat=none",
					"--spring.ai.model.embedding=none", "--spring.ai.model.image=none", "--spring.ai.model.audio=none",
					"--spring.ai.model.audio.speech=none", "--spring.ai.model.audio.transcription=none",
					"--spring.ai.model.moderation=none", "--spring.datasource.url=jdbc:h2:mem:routes",
					"--spring.main.banner-mode=off", "--costwise.routing.tiers.light.targets[0].model=gpt-5-nano",
					"--costwise.routing.tiers.light.targets[0].context-window=400000",
					"--costwise.routing.tiers.standard.targets[0].model=gpt-5-mini",
					"--costwise.routing.tiers.premium.targets[0].model=gpt-5",
					"--costwise.policies.default.routing.mode=enforce",
					"--costwise.policies.default.routing.rules[0].name=law",
					"--costwise.policies.default.routing.rules[0].words=contract",
					"--costwise.policies.default.routing.rules[0].to=premium",
					"--costwise.policies.default.fallback.enabled=true");
		ChatClient chat = context.getBean(ChatClient.Builder.class).build();
		CostScope.builder().tier(Tier.STANDARD).build().run(() -> chat.prompt("Hello").call().content());
		chat.prompt("What is the capital of France?").call().content();
		turn = context.getBean(TurnRouter.class).log().recent().get(0).turn();
	}

	@AfterAll
	static void stop() {
		context.close();
		provider.close();
	}

	@Test
	void answersAsDocumented() throws Exception {
		Matcher example = Pattern.compile("<!-- costroutes -->\n```json\n(.*?)```", Pattern.DOTALL)
			.matcher(Files.readString(Path.of("..", "docs", "routing.md")));
		assertThat(example.find()).isTrue();
		assertThat(shape(get("costroutes").body())).containsSubsequence(shape(example.group(1)));
	}

	@Test
	void explainsOneDecision() throws Exception {
		HttpResponse<String> response = get("costroutes/" + turn);
		assertThat(response.statusCode()).isEqualTo(200);
		json(response.body()).isLenientlyEqualTo("""
				{"policy": "default", "acting": true, "tier": "light", "target": "openAi/gpt-5-nano",
				 "model": "gpt-5-nano", "cause": "score", "wantedTier": "light", "rule": null,
				 "alternatives": ["openAi/gpt-5-mini", "openAi/gpt-5"]}""");
		assertThat(get("costroutes/nobody").statusCode()).isEqualTo(404);
		json(get("costroutes/nobody").body()).extractingPath("error").asString().contains("'nobody'");
	}

	@Test
	void refusesWhatCannotBeDone() throws Exception {
		HttpResponse<String> response = post("{\"action\": \"rollback\"}");
		assertThat(response.statusCode()).isEqualTo(400);
		json(response.body()).extractingPath("error").asString().contains("nothing to go back to");
		assertThat(post("{\"action\": \"promote\"}").statusCode()).isEqualTo(400);
		assertThat(post("{}").statusCode()).isEqualTo(400);
	}

	@Test
	void takesARatingOnce() throws Exception {
		String rating = "{\"action\": \"rate\", \"turn\": \"" + turn + "\", \"good\": \"true\"}";
		HttpResponse<String> response = post(rating);
		assertThat(response.statusCode()).isEqualTo(200);
		json(response.body()).extractingPath("action").isEqualTo("rate");
		assertThat(post(rating).statusCode()).isEqualTo(400);
	}

	@Test
	void callsShowTheirDeployment() throws Exception {
		json(get("costroutes").body()).extractingPath("deployments[0].id").asString().matches("d[0-9a-f]{8}");
		String id = get("costexport").body().lines().reduce((first, second) -> second).orElseThrow();
		json(get("costevents?limit=1").body()).extractingPath("events[0].calls[0].deployment")
			.isEqualTo(id.substring(id.lastIndexOf(',') + 1));
	}

	/** The names of all members, in order, without the values. */
	private static List<String> shape(String json) {
		return Pattern.compile("\"(\\w+)\"\\s*:").matcher(json).results().map((name) -> name.group(1)).toList();
	}

	private static HttpResponse<String> get(String path) throws Exception {
		return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
	}

	private static HttpResponse<String> post(String body) throws Exception {
		return client.send(request("costroutes").header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build(), HttpResponse.BodyHandlers.ofString());
	}

	private static HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(
				"http://localhost:" + context.getEnvironment().getProperty("local.server.port") + "/actuator/" + path));
	}

	private static JsonContentAssert json(String body) {
		return new JsonContentAssert(new JsonContent(body));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		ChatModel openAi() {
			return LoopbackModels.openAi(provider);
		}

	}

}
