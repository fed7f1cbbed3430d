package io.github.costwise.autoconfigure;

import java.util.List;
import java.util.Map;

import com.google.genai.Client;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.anthropic.autoconfigure.AnthropicChatAutoConfiguration;
import org.springframework.ai.model.google.genai.autoconfigure.chat.GoogleGenAiChatAutoConfiguration;
import org.springframework.ai.model.ollama.autoconfigure.OllamaApiAutoConfiguration;
import org.springframework.ai.model.ollama.autoconfigure.OllamaChatAutoConfiguration;
import org.springframework.ai.model.openai.autoconfigure.OpenAiChatAutoConfiguration;
import org.springframework.ai.retry.autoconfigure.SpringAiRetryAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatRuntimeException;

/**
 * How often a failing request is tried, on the clients that Spring AI configures, and
 * what is said about it.
 */
@ExtendWith(OutputCaptureExtension.class)
@Tag("chain")
class ProviderRetriesTests {

	private static final String PROPERTY = "costwise.fallback.provider-retries=";

	private final LoopbackProvider server = new LoopbackProvider()
		.handler((request) -> Answer.error(500).header("retry-after-ms", "1"));

	private final ApplicationContextRunner runner = CostwiseRunner.create()
		.withConfiguration(AutoConfigurations.of(RestClientAutoConfiguration.class, WebClientAutoConfiguration.class,
				SpringAiRetryAutoConfiguration.class, OpenAiChatAutoConfiguration.class,
				AnthropicChatAutoConfiguration.class, OllamaApiAutoConfiguration.class,
				OllamaChatAutoConfiguration.class, GoogleGenAiChatAutoConfiguration.class))
		.withBean(Client.class,
				() -> Client.builder()
					.apiKey("test")
					.httpOptions(HttpOptions.builder()
						.baseUrl(this.server.url())
						.retryOptions(HttpRetryOptions.builder().attempts(1))
						.build())
					.build())
		.withPropertyValues("spring.ai.openai.api-key=test", "spring.ai.openai.base-url=" + this.server.url() + "/v1",
				"spring.ai.anthropic.api-key=test", "spring.ai.anthropic.base-url=" + this.server.url(),
				"spring.ai.ollama.base-url=" + this.server.url(), "spring.ai.google.genai.api-key=test",
				"spring.ai.retry.backoff.initial-interval=1ms", "spring.ai.retry.backoff.max-interval=1ms",
				"costwise.chat.default-model=openAiChatModel", "costwise.fallback.deadline-threads=8");

	@AfterEach
	void close() {
		this.server.close();
	}

	@ParameterizedTest
	@CsvSource({ "openAiChatModel,0,1", "anthropicChatModel,0,1", "ollamaChatModel,0,1", "openAiChatModel,1,2",
			"anthropicChatModel,1,2", "ollamaChatModel,1,2", "openAiChatModel,3,4" })
	void requestsAreTriedAsOftenAsThePropertySays(String bean, int retries, int tries) {
		this.runner.withPropertyValues(PROPERTY + retries)
			.run((context) -> assertThat(tries(context, bean)).isEqualTo(tries));
	}

	@ParameterizedTest
	@CsvSource({ "openAiChatModel,4", "anthropicChatModel,3", "ollamaChatModel,11" })
	void withoutThePropertyClientsKeepTheirNumber(String bean, int tries) {
		this.runner.run((context) -> assertThat(tries(context, bean)).isEqualTo(tries));
	}

	@Test
	void streamsAreTriedAsOftenAsThePropertySays() {
		this.runner.withPropertyValues(PROPERTY + 0).run((context) -> {
			ChatModel model = context.getBean("openAiChatModel", ChatModel.class);
			assertThatRuntimeException().isThrownBy(() -> model.stream(new Prompt("Q")).blockLast());
			assertThat(this.server.requests()).hasSize(1);
		});
	}

	@ParameterizedTest
	@CsvSource({ "openAiChatModel,spring.ai.openai.max-retries", "openAiChatModel,spring.ai.openai.chat.max-retries",
			"anthropicChatModel,spring.ai.anthropic.maxRetries", "ollamaChatModel,spring.ai.retry.max-attempts" })
	void ownPropertyOfTheClientGoesFirst(String bean, String property) {
		this.runner.withPropertyValues(PROPERTY + 0, property + "=1")
			.run((context) -> assertThat(tries(context, bean)).isEqualTo(2));
	}

	@ParameterizedTest
	@ValueSource(strings = { "observe", "off" })
	void nothingChangesUnlessCostwiseMayAct(String mode) {
		this.runner.withPropertyValues(PROPERTY + 0, "costwise.mode=" + mode)
			.run((context) -> assertThat(tries(context, "anthropicChatModel")).isEqualTo(3));
	}

	@Test
	void worksWithoutTheProviders() {
		CostwiseRunner.create()
			.withPropertyValues(PROPERTY + 0)
			.withClassLoader(new FilteredClassLoader("org.springframework.ai.openai",
					"org.springframework.ai.anthropic", "org.springframework.ai.model.openai",
					"org.springframework.ai.model.anthropic", "org.springframework.ai.retry"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(ProviderRetries.class));
	}

	@Test
	void negativeNumberIsRefused() {
		this.runner.withPropertyValues(PROPERTY + -1)
			.run((context) -> assertThat(FailureAnalyses.of(context.getStartupFailure()).getDescription())
				.contains("costwise.fallback.provider-retries", "-1"));
	}

	@Test
	void everyClientThatRepeatsIsNamedOnce(CapturedOutput output) {
		this.runner.run((context) -> warn(context));
		assertThat(warnings(output)).isEqualTo(4);
		assertThat(output).contains("'openAiChatModel' repeats a failed request up to 3 times",
				"'anthropicChatModel' repeats a failed request up to 2 times",
				"'ollamaChatModel' repeats a failed request up to 10 times",
				"Set 'costwise.fallback.provider-retries' to 0");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 2, 12 })
	void nothingIsSaidOfClientsThatKeepToTheProperty(int retries, CapturedOutput output) {
		this.runner.withPropertyValues(PROPERTY + retries).run((context) -> warn(context));
		assertThat(warnings(output)).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.ai.openai.max-retries", "spring.ai.openai.chat.max-retries",
			"spring.ai.anthropic.max-retries", "spring.ai.retry.max-attempts" })
	void ownPropertyOfTheClientIsNamed(String property, CapturedOutput output) {
		this.runner.withPropertyValues(PROPERTY + 1, property + "=5").run((context) -> warn(context));
		assertThat(output).contains("up to 5 times", "Lower or remove '" + property + "'");
		assertThat(warnings(output)).isEqualTo(property.contains("retry") ? 2 : 1);
	}

	@Test
	void modelsOfTheApplicationAreAskedToBeBuiltOtherwise(CapturedOutput output) {
		this.runner.withPropertyValues(PROPERTY + 1)
			.withBean("fast", ChatModel.class,
					() -> LoopbackModels.openAi(this.server, (options) -> options.maxRetries(1),
							ObservationRegistry.NOOP, List.of()))
			.withBean("slow", ChatModel.class,
					() -> LoopbackModels.openAi(this.server, (options) -> options.maxRetries(6),
							ObservationRegistry.NOOP, List.of()))
			.withBean("slower", ChatModel.class,
					() -> LoopbackModels.anthropic(this.server, (options) -> options.maxRetries(null),
							ObservationRegistry.NOOP, List.of()))
			.withBean("unknown", ChatModel.class, () -> LoopbackModels.ollama(this.server, 9, ObservationRegistry.NOOP))
			.run((context) -> warn(context));
		assertThat(warnings(output)).isEqualTo(2);
		assertThat(output).contains("'slow' repeats a failed request up to 6 times",
				"'slower' repeats a failed request up to 2 times", "maxRetries(1)");
	}

	@Test
	void retryTemplateOfTheApplicationIsReadAndNamed(CapturedOutput output) {
		this.runner.withPropertyValues(PROPERTY + 0)
			.withBean(RetryTemplate.class, () -> new RetryTemplate(RetryPolicy.withMaxRetries(7)))
			.run((context) -> warn(context));
		assertThat(output).contains("'ollamaChatModel' repeats a failed request up to 7 times",
				"Build the RetryTemplate bean");
	}

	private static void warn(ApplicationContext context) {
		context.getBean(ProviderRetries.class).warn(context.getBeansOfType(ChatModel.class));
	}

	private static int warnings(CapturedOutput output) {
		return output.toString().split("repeats a failed request", -1).length - 1;
	}

	private int tries(ApplicationContext context, String bean) {
		Map<String, ChatModel> models = context.getBeansOfType(ChatModel.class);
		assertThatRuntimeException().isThrownBy(() -> models.get(bean).call(new Prompt("Q")));
		return this.server.requests().size();
	}

}
