package io.github.costwise.autoconfigure;

import java.util.stream.Stream;

import com.google.genai.Client;
import com.google.genai.types.HttpOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.model.anthropic.autoconfigure.AnthropicChatAutoConfiguration;
import org.springframework.ai.model.google.genai.autoconfigure.chat.GoogleGenAiChatAutoConfiguration;
import org.springframework.ai.model.ollama.autoconfigure.OllamaApiAutoConfiguration;
import org.springframework.ai.model.ollama.autoconfigure.OllamaChatAutoConfiguration;
import org.springframework.ai.model.openai.autoconfigure.OpenAiChatAutoConfiguration;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.retry.autoconfigure.SpringAiRetryAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.cache.Bypass;
import io.github.costwise.cache.response.CacheHit;
import io.github.costwise.cache.response.PolicyCounters;
import io.github.costwise.cache.response.ResponseCache;
import io.github.costwise.faults.Faults;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.Eventually;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * In the set-ups that the documentation shows, with the models as Spring AI configures
 * them, the cache always knows who would answer.
 */
@Tag("chain")
class ModelIdentityAutoConfigurationTests {

	private final LoopbackProvider server = new LoopbackProvider()
		.handler((request) -> Answer.text(String.valueOf(request.protocol())));

	private final ApplicationContextRunner runner = CostwiseRunner.create()
		.withConfiguration(AutoConfigurations.of(RestClientAutoConfiguration.class, WebClientAutoConfiguration.class,
				SpringAiRetryAutoConfiguration.class))
		.withPropertyValues("spring.ai.openai.api-key=test", "spring.ai.openai.base-url=" + this.server.url() + "/v1",
				"spring.ai.anthropic.api-key=test", "spring.ai.anthropic.base-url=" + this.server.url(),
				"spring.ai.ollama.base-url=" + this.server.url(), "spring.ai.google.genai.api-key=test",
				"costwise.policies.default.cache.mode=enforce",
				"costwise.policies.default.cache.accept-unmarked-ends=true");

	@AfterEach
	void close() {
		this.server.close();
	}

	static Stream<Arguments> starters() {
		return Stream
			.of(AutoConfigurations.of(OpenAiChatAutoConfiguration.class),
					AutoConfigurations.of(AnthropicChatAutoConfiguration.class),
					AutoConfigurations.of(OllamaApiAutoConfiguration.class, OllamaChatAutoConfiguration.class),
					AutoConfigurations.of(GoogleGenAiChatAutoConfiguration.class))
			.flatMap((starter) -> Stream.of(Arguments.of(starter, false), Arguments.of(starter, true)));
	}

	@ParameterizedTest
	@MethodSource("starters")
	void oneStarterWithTheInjectedBuilder(AutoConfigurations starter, boolean streamed) {
		this.runner.withConfiguration(starter).withBean(Client.class, this::google).run((context) -> {
			ChatClient client = context.getBean(ChatClient.Builder.class).build();
			String answer = ask(client, streamed);
			assertThat(answer).isNotEmpty();
			awaitStored(context, 1);
			assertThat(ask(client, streamed)).isEqualTo(answer);
			assertKnown(context, 1);
		});
	}

	private Client google() {
		return Client.builder()
			.apiKey("test")
			.httpOptions(HttpOptions.builder().baseUrl(this.server.url()).build())
			.build();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void twoStartersWithAClientEach(boolean streamed) {
		this.runner
			.withConfiguration(
					AutoConfigurations.of(OpenAiChatAutoConfiguration.class, AnthropicChatAutoConfiguration.class))
			.withUserConfiguration(Clients.class)
			.withPropertyValues("costwise.chat.default-model=openAiChatModel")
			.run((context) -> {
				for (int i = 1; i <= 2; i++) {
					assertThat(ask(context.getBean("created", ChatClient.class), streamed)).isEqualTo("OPENAI");
					assertThat(ask(context.getBean("built", ChatClient.class), streamed)).isEqualTo("ANTHROPIC");
					awaitStored(context, 2);
				}
				assertKnown(context, 2);
			});
	}

	private static String ask(ChatClient client, boolean streamed) {
		return streamed
				? String.join("",
						client.prompt("Who are you?").stream().content().collectList().blockOptional().orElseThrow())
				: String.valueOf(client.prompt("Who are you?").call().content());
	}

	private static PolicyCounters counters(ApplicationContext context) {
		return context.getBean(ResponseCache.class).statistics().policy("default");
	}

	private static void awaitStored(ApplicationContext context, long count) {
		Eventually.holds(() -> counters(context).storedAnswers() >= count);
	}

	private static void assertKnown(ApplicationContext context, long hits) {
		PolicyCounters counters = counters(context);
		assertThat(counters.bypasses(Bypass.MODEL_UNKNOWN)).isZero();
		assertThat(counters.hits(CacheHit.HitKind.EXACT) + counters.hits(CacheHit.HitKind.SHARED)).isEqualTo(hits);
		assertThat(context.getBean(Faults.class).count(Faults.Kind.CHAT_MODEL)).isZero();
	}

	@Test
	void nameOfNoModelFailsTheStart() {
		this.runner.withConfiguration(AutoConfigurations.of(OpenAiChatAutoConfiguration.class))
			.withPropertyValues("costwise.chat.identities.openAi=farm")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(CostwiseConfigurationException.class)
				.hasMessageContaining("costwise.chat.identities.openAi")
				.hasMessageContaining("openAiChatModel"));
	}

	@Test
	void emptyIdentityFailsTheStart() {
		this.runner.withConfiguration(AutoConfigurations.of(OpenAiChatAutoConfiguration.class))
			.withPropertyValues("costwise.chat.identities.openAiChatModel=")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(CostwiseConfigurationException.class)
				.hasMessageContaining("costwise.chat.identities.openAiChatModel"));
	}

	@Test
	void applicationWithoutANameIsItsPackages() {
		this.runner.withUserConfiguration(Application.class)
			.run((context) -> assertThat(
					new ChatModelBeans(context.getSourceApplicationContext().getBeanFactory()).application(" "))
				.isEqualTo(Application.class.getPackageName()));
	}

	@Configuration(proxyBeanMethods = false)
	static class Clients {

		@Bean
		ChatClient created(OpenAiChatModel model) {
			return ChatClient.create(model);
		}

		@Bean
		ChatClient built(AnthropicChatModel model) {
			ChatModel plain = model;
			return ChatClient.builder(plain).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@AutoConfigurationPackage
	static class Application {

	}

}
