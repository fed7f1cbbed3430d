package io.github.costwise.autoconfigure;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.test.json.JsonContent;
import org.springframework.test.json.JsonContentAssert;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;

import io.github.costwise.BudgetExceededException;
import io.github.costwise.CostScope;
import io.github.costwise.budget.BudgetNotice;
import io.github.costwise.BudgetRefusal;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what applications answer over HTTP when a budget has no room, in servers of
 * both kinds.
 */
@Timeout(120)
@Tag("chain")
class BudgetProblemIntegrationTests {

	private static final HttpClient client = HttpClient.newHttpClient();

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void tooManyRequestsWithoutAmountsOrOwner(WebApplicationType type) throws Exception {
		try (ConfigurableApplicationContext context = start(Desk.class, type)) {
			assertThat(get(context, "/ask").statusCode()).isEqualTo(200);
			for (String path : List.of("/ask", "/wrapped")) {
				HttpResponse<String> refused = get(context, path);
				assertThat(refused.statusCode()).isEqualTo(429);
				assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
				assertThat(Long.parseLong(refused.headers().firstValue("Retry-After").orElseThrow())).isBetween(1L,
						86_400L);
				json(refused.body()).isLenientlyEqualTo("""
						{"status": 429, "title": "Budget exceeded", "reason": "spent"}""");
				assertThat(refused.body()).doesNotContain("acme", "tenants", "calls");
			}
			assertThat(get(context, "/events").statusCode()).isEqualTo(429);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void namesAmountsWhereAskedTo(WebApplicationType type) throws Exception {
		try (ConfigurableApplicationContext context = start(Desk.class, type,
				"--costwise.budgets.problem-details.amounts=true")) {
			get(context, "/ask");
			String body = get(context, "/ask").body();
			json(body).extractingPath("detail").asString().contains("'tenants'", "1 calls of 1 calls are spent");
			assertThat(body).doesNotContain("acme");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void handlersOfTheApplicationComeFirst(WebApplicationType type) throws Exception {
		try (ConfigurableApplicationContext context = start(OwnHandler.class, type)) {
			get(context, "/ask");
			HttpResponse<String> refused = get(context, "/ask");
			assertThat(refused.statusCode()).isEqualTo(418);
			assertThat(refused.body()).isEqualTo("own");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void canBeSwitchedOff(WebApplicationType type) throws Exception {
		try (ConfigurableApplicationContext context = start(Desk.class, type,
				"--costwise.budgets.problem-details.enabled=false")) {
			get(context, "/ask");
			assertThat(get(context, "/ask").statusCode()).isEqualTo(500);
		}
	}

	@Test
	void noticesSayNothingOfTheOwnerWhateverTheCause() {
		for (BudgetRefusal refusal : BudgetRefusal.values()) {
			BudgetExceededException ex = new BudgetExceededException(
					"The budget 'b' of 'secret' is used up: 7 of 9 are spent", "b", "secret", refusal, false,
					Instant.MAX, Duration.ofSeconds(1));
			assertThat(BudgetNotice.of(ex, false).toString()).doesNotContain("secret", "7", "9");
			assertThat(BudgetNotice.of(ex, false).detail()).endsWith("Try again in 1 second.");
			assertThat(BudgetNotice.of(ex, true).detail()).doesNotContain("secret").contains("7 of 9");
		}
	}

	private static JsonContentAssert json(String body) {
		return new JsonContentAssert(new JsonContent(body));
	}

	private static HttpResponse<String> get(ConfigurableApplicationContext context, String path) throws Exception {
		String port = context.getEnvironment().getProperty("local.server.port");
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
		if (path.equals("/events")) {
			request.header("Accept", "text/event-stream");
		}
		return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	private static ConfigurableApplicationContext start(Class<?> application, WebApplicationType type,
			String... settings) {
		List<String> all = new ArrayList<>(List.of("--server.port=0", "--spring.ai.model.chat=none",
				"--spring.ai.model.embedding=none", "--spring.ai.model.image=none", "--spring.ai.model.audio=none",
				"--spring.ai.model.audio.speech=none", "--spring.ai.model.audio.transcription=none",
				"--spring.ai.model.moderation=none", "--spring.main.banner-mode=off", "--costwise.ledger.type=memory",
				"--spring.autoconfigure.exclude=org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
				"--costwise.budgets.limits.tenants.limit=1 calls", "--costwise.budgets.limits.tenants.window=day",
				"--costwise.budgets.limits.tenants.per=tenant"));
		all.addAll(List.of(settings));
		return new SpringApplicationBuilder(application).web(type).run(all.toArray(String[]::new));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Desk {

		@Bean(destroyMethod = "close")
		LoopbackProvider provider() {
			return new LoopbackProvider().handler((request) -> Answer.text("yes"));
		}

		@Bean
		ChatModel model(LoopbackProvider provider) {
			return LoopbackModels.openAi(provider);
		}

		@Bean
		Controller controller(ChatClient.Builder builder) {
			return new Controller(builder.build());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Desk.class)
	static class OwnHandler {

		@Bean
		Advice advice() {
			return new Advice();
		}

	}

	@RestControllerAdvice
	static class Advice {

		@ExceptionHandler(RuntimeException.class)
		ResponseEntity<String> handle() {
			return ResponseEntity.status(418).body("own");
		}

	}

	@RestController
	static class Controller {

		private final ChatClient chat;

		Controller(ChatClient chat) {
			this.chat = chat;
		}

		@GetMapping("/ask")
		Map<String, String> ask() {
			return CostScope.builder().tenant("acme").build().get(() -> Map.of("answer", call()));
		}

		@GetMapping("/wrapped")
		Map<String, String> wrapped() {
			try {
				return ask();
			}
			catch (BudgetExceededException ex) {
				throw new IllegalStateException("while answering", new IllegalArgumentException(ex));
			}
		}

		@GetMapping(path = "/events", produces = "text/event-stream")
		String events() {
			return ask().toString();
		}

		private String call() {
			return String.valueOf(
					this.chat.prompt("Hello?").options(OpenAiChatOptions.builder().maxTokens(100)).call().content());
		}

	}

}
