package io.github.costwise.testsupport;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

import com.google.genai.Client;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.anthropic.http.okhttp.AnthropicHttpClientBuilderCustomizer;
import org.springframework.ai.google.genai.GoogleGenAiChatModel;
import org.springframework.ai.google.genai.GoogleGenAiChatOptions;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import org.springframework.ai.openai.http.okhttp.OpenAiHttpClientBuilderCustomizer;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * Builds the real models of Spring AI against a {@link LoopbackProvider}.
 *
 * @since 0.1.0
 */
public final class LoopbackModels {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private LoopbackModels() {
	}

	/**
	 * Returns an OpenAI model named {@code gpt-5-mini} that does not retry.
	 * @param provider the server
	 * @return the model
	 */
	public static OpenAiChatModel openAi(LoopbackProvider provider) {
		return openAi(provider, (options) -> options, ObservationRegistry.NOOP, List.of());
	}

	/**
	 * Returns an OpenAI model.
	 * @param provider the server
	 * @param options changes the options, for example {@code maxRetries} (0 unless set)
	 * @param observations receives the observations
	 * @param customizers change the HTTP client
	 * @return the model
	 */
	public static OpenAiChatModel openAi(LoopbackProvider provider, UnaryOperator<OpenAiChatOptions.Builder> options,
			ObservationRegistry observations, List<OpenAiHttpClientBuilderCustomizer> customizers) {
		OpenAiChatOptions.Builder builder = OpenAiChatOptions.builder()
			.baseUrl(provider.url() + "/v1")
			.apiKey("test")
			.model("gpt-5-mini")
			.timeout(TIMEOUT)
			.maxRetries(0);
		return OpenAiChatModel.builder()
			.options(options.apply(builder).build())
			.observationRegistry(observations)
			.httpClientBuilderCustomizers(customizers)
			.build();
	}

	/**
	 * Returns an OpenAI embedding model named {@code text-embedding-3-small} that does
	 * not retry.
	 * @param provider the server
	 * @param observations receives the observations
	 * @return the model
	 */
	public static OpenAiEmbeddingModel openAiEmbedding(LoopbackProvider provider, ObservationRegistry observations) {
		OpenAiEmbeddingOptions options = OpenAiEmbeddingOptions.builder()
			.baseUrl(provider.url() + "/v1")
			.apiKey("test")
			.model("text-embedding-3-small")
			.timeout(TIMEOUT)
			.maxRetries(0)
			.build();
		return OpenAiEmbeddingModel.builder().options(options).observationRegistry(observations).build();
	}

	/**
	 * Returns an Anthropic model named {@code claude-haiku-4-5} that does not retry.
	 * @param provider the server
	 * @return the model
	 */
	public static AnthropicChatModel anthropic(LoopbackProvider provider) {
		return anthropic(provider, (options) -> options, ObservationRegistry.NOOP, List.of());
	}

	/**
	 * Returns an Anthropic model.
	 * @param provider the server
	 * @param options changes the options, for example {@code maxRetries} (0 unless set)
	 * @param observations receives the observations
	 * @param customizers change the HTTP client
	 * @return the model
	 */
	public static AnthropicChatModel anthropic(LoopbackProvider provider,
			UnaryOperator<AnthropicChatOptions.Builder> options, ObservationRegistry observations,
			List<AnthropicHttpClientBuilderCustomizer> customizers) {
		AnthropicChatOptions.Builder builder = AnthropicChatOptions.builder()
			.baseUrl(provider.url())
			.apiKey("test")
			.model("claude-haiku-4-5")
			.maxTokens(1000)
			.timeout(TIMEOUT)
			.maxRetries(0);
		return AnthropicChatModel.builder()
			.options(options.apply(builder).build())
			.observationRegistry(observations)
			.httpClientBuilderCustomizers(customizers)
			.build();
	}

	/**
	 * Returns a Google GenAI model named {@code gemini-2.5-flash} that does not retry.
	 * @param provider the server
	 * @return the model
	 */
	public static GoogleGenAiChatModel google(LoopbackProvider provider) {
		return google(provider, 0, ObservationRegistry.NOOP);
	}

	/**
	 * Returns a Google GenAI model.
	 * @param provider the server
	 * @param retries how often Spring AI repeats a failed call, without a pause
	 * @param observations receives the observations
	 * @return the model
	 */
	public static GoogleGenAiChatModel google(LoopbackProvider provider, int retries,
			ObservationRegistry observations) {
		Client client = Client.builder()
			.apiKey("test")
			.httpOptions(HttpOptions.builder()
				.baseUrl(provider.url())
				.timeout((int) TIMEOUT.toMillis())
				.retryOptions(HttpRetryOptions.builder().attempts(1).initialDelay(0.0).maxDelay(0.0).jitter(0.0))
				.build())
			.build();
		return GoogleGenAiChatModel.builder()
			.genAiClient(client)
			.options(GoogleGenAiChatOptions.builder().model("gemini-2.5-flash").build())
			.retryTemplate(retry(retries))
			.observationRegistry(observations)
			.build();
	}

	/**
	 * Returns an Ollama model named {@code llama3.2} that does not retry.
	 * @param provider the server
	 * @return the model
	 */
	public static OllamaChatModel ollama(LoopbackProvider provider) {
		return ollama(provider, 0, ObservationRegistry.NOOP);
	}

	/**
	 * Returns an Ollama model.
	 * @param provider the server
	 * @param retries how often Spring AI repeats a failed call, without a pause
	 * @param observations receives the observations
	 * @return the model
	 */
	public static OllamaChatModel ollama(LoopbackProvider provider, int retries, ObservationRegistry observations) {
		return OllamaChatModel.builder()
			.ollamaApi(OllamaApi.builder()
				.baseUrl(provider.url())
				.restClientBuilder(RestClient.builder().requestFactory(new JdkClientHttpRequestFactory()))
				.build())
			.options(OllamaChatOptions.builder().model("llama3.2").build())
			.retryTemplate(retry(retries))
			.observationRegistry(observations)
			.build();
	}

	private static RetryTemplate retry(int retries) {
		return new RetryTemplate(RetryPolicy.builder().maxRetries(retries).delay(Duration.ZERO).build());
	}

}
