package io.github.costwise.actuate;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.costwise.CostScope;
import io.github.costwise.Tier;
import io.github.costwise.pipeline.TurnRouter;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static io.github.costwise.actuate.ActuatorHttp.json;
import static io.github.costwise.actuate.ActuatorHttp.shape;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@code costroutes} over HTTP, in a server that Boot wires by itself.
 */
@Tag("chain")
class CostRoutesEndpointIntegrationTests {

	private static LoopbackProvider provider;

	private static ConfigurableApplicationContext context;

	private static ActuatorHttp actuator;

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
		actuator = new ActuatorHttp(context);
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
		assertThat(shape(actuator.get("costroutes").body())).containsSubsequence(shape(example.group(1)));
	}

	@Test
	void explainsOneDecision() throws Exception {
		HttpResponse<String> response = actuator.get("costroutes/" + turn);
		assertThat(response.statusCode()).isEqualTo(200);
		json(response.body()).isLenientlyEqualTo("""
				{"policy": "default", "acting": true, "tier": "light", "target": "openAi/gpt-5-nano",
				 "model": "gpt-5-nano", "cause": "score", "wantedTier": "light", "rule": null,
				 "alternatives": ["openAi/gpt-5-mini", "openAi/gpt-5"]}""");
		assertThat(actuator.get("costroutes/nobody").statusCode()).isEqualTo(404);
		json(actuator.get("costroutes/nobody").body()).extractingPath("error").asString().contains("'nobody'");
	}

	@Test
	void refusesWhatCannotBeDone() throws Exception {
		HttpResponse<String> response = actuator.post("costroutes", "{\"action\": \"rollback\"}");
		assertThat(response.statusCode()).isEqualTo(400);
		json(response.body()).extractingPath("error").asString().contains("nothing to go back to");
		assertThat(actuator.post("costroutes", "{\"action\": \"promote\"}").statusCode()).isEqualTo(400);
		assertThat(actuator.post("costroutes", "{}").statusCode()).isEqualTo(400);
	}

	@Test
	void takesARatingOnce() throws Exception {
		String rating = "{\"action\": \"rate\", \"turn\": \"" + turn + "\", \"good\": \"true\"}";
		HttpResponse<String> response = actuator.post("costroutes", rating);
		assertThat(response.statusCode()).isEqualTo(200);
		json(response.body()).extractingPath("action").isEqualTo("rate");
		assertThat(actuator.post("costroutes", rating).statusCode()).isEqualTo(400);
	}

	@Test
	void callsShowTheirDeployment() throws Exception {
		json(actuator.get("costroutes").body()).extractingPath("deployments[0].id").asString().matches("d[0-9a-f]{8}");
		List<Map<String, String>> rows = Csv.records(actuator.get("costexport").body());
		String id = rows.get(rows.size() - 1).get("deployment");
		json(actuator.get("costevents?limit=1").body()).extractingPath("events[0].calls[0].deployment").isEqualTo(id);
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
