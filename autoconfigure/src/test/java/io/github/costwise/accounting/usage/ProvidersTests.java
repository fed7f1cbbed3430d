package io.github.costwise.accounting.usage;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.google.genai.GoogleGenAiChatOptions;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.costwise.model.ModelId;
import io.github.costwise.pricing.StandardPriceCatalog;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link Providers} and {@link Hosts}. */
@ExtendWith(OutputCaptureExtension.class)
@Tag("chain")
class ProvidersTests {

	private final Providers providers = new Providers(Map.of(), null);

	@ParameterizedTest
	@CsvSource({ "https://api.openai.com/v1, openai", "https://eu.api.openai.com, openai",
			"https://acme.openai.azure.com/openai, azure", "https://api.groq.com/openai, groq", "https://api.x.ai, xai",
			"https://api.deepseek.com, deepseek", "https://api.mistral.ai/v1, mistral",
			"https://api.together.xyz/v1, together", "https://api.fireworks.ai/inference, fireworks",
			"https://openrouter.ai/api/v1, openrouter", "https://api.perplexity.ai, perplexity",
			"https://generativelanguage.googleapis.com/v1beta/openai, google",
			"https://europe-west4-aiplatform.googleapis.com/v1, vertex_ai",
			"https://aiplatform.eu.rep.googleapis.com/v1, vertex_ai",
			"https://bedrock-runtime.us-east-1.amazonaws.com, bedrock",
			"https://vpce-1-a.bedrock-runtime.us-east-1.vpce.amazonaws.com, bedrock",
			"https://bedrock-mantle.us-east-1.api.aws/v1, bedrock",
			"https://gateway-1.eu-west-1.elb.amazonaws.com/v1, unknown", "http://localhost:11434/v1, ollama",
			"https://api.z.ai/api/paas/v4, zai", "https://open.bigmodel.cn/api/paas/v4, zai",
			"https://api.minimax.io/v1, minimax", "https://api.minimaxi.com/v1, minimax",
			"https://api.voyageai.com/v1, voyage", "https://notz.ai, unknown", "http://127.0.0.1:8080, unknown",
			"api.x.ai, xai", "https://notapi.x.aix.com, unknown", "not a url, unknown" })
	void theHostOfAnOpenAiClientTells(String baseUrl, String provider) {
		assertThat(this.providers.of(OpenAiChatOptions.builder().baseUrl(baseUrl).build())).isEqualTo(provider);
		assertThat(this.providers.ofUrl(baseUrl)).isEqualTo(provider);
	}

	@ParameterizedTest
	@CsvSource({ "https://eu.api.openai.com/v1, true", "https://us.api.openai.com, true",
			"https://in.api.openai.com:443/v1, true", "https://api.openai.com/v1, false",
			"https://global.api.openai.com, false", "https://notapi.openai.com, false",
			"https://europe-west1-aiplatform.googleapis.com/v1, true",
			"https://US-EAST5-aiplatform.googleapis.com, true", "https://aiplatform.googleapis.com, false",
			"https://global-aiplatform.googleapis.com, false", "https://aiplatform.us.rep.googleapis.com/v1, true",
			"https://generativelanguage.googleapis.com, false", "https://eu.gateway.example.com, false",
			"https://bedrock-runtime.us-east-1.amazonaws.com, false", "not a url, false" })
	void theAddressTellsTheRegion(String url, boolean regional) {
		assertThat(this.providers.isRegional(OpenAiChatOptions.builder().baseUrl(url).build(), null))
			.isEqualTo(regional);
		assertThat(this.providers.isRegional(AnthropicChatOptions.builder().baseUrl(url).build(), null))
			.isEqualTo(regional);
		assertThat(this.providers.isRegional(GoogleGenAiChatOptions.builder().build(), url)).isEqualTo(regional);
		assertThat(new Providers(Map.of(), url).isRegional(OpenAiChatOptions.builder().build(), null))
			.isEqualTo(regional);
	}

	@Test
	void theAddressOfTheClientGoesBeforeThatOfTheOptions() {
		OpenAiChatOptions options = OpenAiChatOptions.builder().baseUrl("https://api.openai.com").build();
		assertThat(this.providers.of(options, "https://api.groq.com/openai")).isEqualTo("groq");
		assertThat(this.providers.of(options, "https://gateway.example.com")).isEqualTo(Providers.UNKNOWN);
		assertThat(this.providers.of(options, "")).isEqualTo("openai");
		assertThat(this.providers.isRegional(options, "https://eu.api.openai.com")).isTrue();
		assertThat(this.providers.isRegional(null, null)).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "https://europe-west1-aiplatform.googleapis.com, vertex_ai", "https://api.z.ai/api/anthropic, zai",
			"https://api.minimax.io/anthropic, minimax", "https://api.deepseek.com/anthropic, deepseek",
			"https://api.moonshot.ai/anthropic, moonshot", "https://gateway.example.com, anthropic",
			"http://127.0.0.1:8080, anthropic" })
	void aClientOfOnesOwnProtocolMayGoToAnotherKnownProvider(String url, String provider) {
		assertThat(this.providers.of(AnthropicChatOptions.builder().baseUrl(url).build())).isEqualTo(provider);
		assertThat(this.providers.of(AnthropicChatOptions.builder().build(), url)).isEqualTo(provider);
	}

	@Test
	void theClassOfTheOptionsTells() {
		assertThat(this.providers.of(OpenAiChatOptions.builder().build())).isEqualTo("openai");
		assertThat(this.providers.of(OpenAiChatOptions.builder().microsoftFoundry(true).build())).isEqualTo("azure");
		assertThat(this.providers.of(OpenAiEmbeddingOptions.builder().baseUrl("https://api.together.ai").build()))
			.isEqualTo("together");
		assertThat(this.providers.of(AnthropicChatOptions.builder().build())).isEqualTo("anthropic");
		assertThat(this.providers.of(GoogleGenAiChatOptions.builder().build())).isEqualTo("google");
		assertThat(this.providers.of(OllamaChatOptions.builder().build())).isEqualTo("ollama");
		assertThat(this.providers.of(ChatOptions.builder().build())).isEqualTo(Providers.UNKNOWN);
		assertThat(this.providers.of((ChatOptions) null)).isEqualTo(Providers.UNKNOWN);
	}

	@Test
	void theModelTellsByItsOptionsOrItsClass() {
		assertThat(this.providers.ofType(AnthropicChatModel.class)).isEqualTo("anthropic");
		assertThat(this.providers.of(new MistralAiLikeChatModel())).isEqualTo("mistral");
		assertThat(this.providers.of((ChatModel) (prompt) -> new ChatResponse(List.of()))).isEqualTo(Providers.UNKNOWN);
	}

	@ParameterizedTest
	@CsvSource({ "openai, openai", "google_genai, google", "vertex_ai, vertex_ai", "bedrock_converse, bedrock",
			"mistral_ai, mistral", "anthropic, anthropic", "gcp.gemini, google", "x_ai, xai", "acme, acme" })
	void systemsOfObservationsAreTranslated(String system, String provider) {
		assertThat(this.providers.ofSystem(system)).isEqualTo(provider);
	}

	@Test
	void theUserHasTheLastWord() {
		Providers own = new Providers(Map.of("Gateway.example.com", "groq", "localhost:9000", "xai", "api.openai.com",
				"azure", "google", "vertex_ai"), null);
		assertThat(own.ofUrl("https://eu.gateway.example.com/v1")).isEqualTo("groq");
		assertThat(new Providers(Map.of("elb.amazonaws.com", "bedrock"), null).ofUrl("https://a.elb.amazonaws.com"))
			.isEqualTo("bedrock");
		assertThat(own.ofUrl("http://localhost:9000")).isEqualTo("xai");
		assertThat(own.ofUrl("http://localhost:9001")).isEqualTo(Providers.UNKNOWN);
		assertThat(own.ofUrl("https://api.openai.com")).isEqualTo("azure");
		assertThat(own.of(GoogleGenAiChatOptions.builder().build())).isEqualTo("vertex_ai");
		assertThat(own.ofSystem("google_genai")).isEqualTo("vertex_ai");
	}

	@Test
	void theCommonBaseUrlStandsInForOptionsWithoutOne() {
		Providers groq = new Providers(Map.of(), "https://api.groq.com/openai");
		assertThat(groq.of(OpenAiChatOptions.builder().build())).isEqualTo("groq");
		assertThat(groq.of(OpenAiChatOptions.builder().baseUrl("https://api.x.ai").build())).isEqualTo("xai");
		assertThat(groq.of(AnthropicChatOptions.builder().build())).isEqualTo("anthropic");
	}

	@Test
	void anUnknownHostIsTakenForNobodyAndNamedOnce(CapturedOutput output) {
		for (int i = 0; i < 300; i++) {
			assertThat(this.providers.ofUrl("https://gateway.example.com/v1/" + i)).isEqualTo(Providers.UNKNOWN);
		}
		assertThat(output.getAll()).containsOnlyOnce("costwise.accounting.providers[gateway.example.com]=");
		assertThat(this.providers.ofUrl("http://gateway.example.com:8080/v1")).isEqualTo(Providers.UNKNOWN);
		assertThat(output.getAll()).containsOnlyOnce("costwise.accounting.providers[gateway.example.com:8080]=");
	}

	@Test
	void aKnownHostIsNotNamed(CapturedOutput output) {
		assertThat(this.providers.ofUrl("https://api.openai.com/v1")).isEqualTo("openai");
		assertThat(output.getAll()).doesNotContain("costwise.accounting.providers");
	}

	/** The class of a client that is not in this build. */
	@Test
	void theClientOfZhiPuAiReachesItsPrices() {
		assertThat(this.providers.ofType(ZhiPuAiChatOptions.class)).isEqualTo("zai");
		assertThat(new StandardPriceCatalog().find(new ModelId("zhipuai", "glm-4.6"), Instant.now())).isNotNull();
	}

	private static final class ZhiPuAiChatOptions {

	}

	private static final class MistralAiLikeChatModel implements ChatModel {

		@Override
		public ChatResponse call(Prompt prompt) {
			throw new UnsupportedOperationException();
		}

	}

	@Test
	void domainsOfOthersThatEndAlikeAreNotKnown() {
		Providers providers = new Providers(Map.of(), null);
		for (String host : List.of("https://my-openrouter.ai", "https://plan-z.ai", "https://acme-minimax.io",
				"https://evilapi.openai.com.example.org", "https://notapi.x.ai")) {
			assertThat(providers.ofUrl(host)).as(host).isEqualTo(Providers.UNKNOWN);
		}
		assertThat(providers.ofUrl("https://europe-west1-aiplatform.googleapis.com")).isEqualTo("vertex_ai");
	}

}
