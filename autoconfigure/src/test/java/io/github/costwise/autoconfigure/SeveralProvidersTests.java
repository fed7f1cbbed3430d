package io.github.costwise.autoconfigure;

import com.google.genai.Client;
import com.google.genai.types.HttpOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.model.anthropic.autoconfigure.AnthropicChatAutoConfiguration;
import org.springframework.ai.model.google.genai.autoconfigure.chat.GoogleGenAiChatAutoConfiguration;
import org.springframework.ai.model.ollama.autoconfigure.OllamaApiAutoConfiguration;
import org.springframework.ai.model.ollama.autoconfigure.OllamaChatAutoConfiguration;
import org.springframework.ai.model.openai.autoconfigure.OpenAiChatAutoConfiguration;
import org.springframework.ai.retry.autoconfigure.SpringAiRetryAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;

import io.github.costwise.advisor.ChatClientManager;
import io.github.costwise.model.CallRecord;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The models of four starters beside each other in one application, as Spring AI
 * configures them.
 */
@Tag("chain")
class SeveralProvidersTests {

	private final LoopbackProvider server = new LoopbackProvider().handler((request) -> Answer.chunks("a", "b"));

	private final ApplicationContextRunner runner = CostwiseRunner.create()
		.withConfiguration(AutoConfigurations.of(RestClientAutoConfiguration.class, WebClientAutoConfiguration.class,
				SpringAiRetryAutoConfiguration.class, OpenAiChatAutoConfiguration.class,
				AnthropicChatAutoConfiguration.class, OllamaApiAutoConfiguration.class,
				OllamaChatAutoConfiguration.class, GoogleGenAiChatAutoConfiguration.class))
		.withBean(Client.class,
				() -> Client.builder()
					.apiKey("test")
					.httpOptions(HttpOptions.builder().baseUrl(this.server.url()).build())
					.build())
		.withPropertyValues("spring.ai.openai.api-key=test", "spring.ai.openai.base-url=" + this.server.url() + "/v1",
				"spring.ai.anthropic.api-key=test", "spring.ai.anthropic.base-url=" + this.server.url(),
				"spring.ai.ollama.base-url=" + this.server.url(), "spring.ai.google.genai.api-key=test",
				"costwise.chat.default-model=anthropicChatModel");

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void everyModelIsAccountedForInCallAndStream() {
		this.runner.withPropertyValues("costwise.accounting.providers.[127.0.0.1]=openai").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBeansOfType(ChatModel.class)).hasSize(4);
			context.getBean(ChatClient.Builder.class).build().prompt("Q").call().content();
			for (ChatModel model : context.getBeansOfType(ChatModel.class).values()) {
				ChatClient client = context.getBean(ChatClientManager.class).manage(ChatClient.create(model));
				assertThat(client.prompt("Q").call().content()).isEqualTo("ab");
				assertThat(client.prompt("Q").stream().content().collectList().block()).containsExactly("a", "b");
			}
			assertThat(CostwiseRunner.calls(context)).hasSize(9)
				.allSatisfy((call) -> assertThat(call.usage().source()).isEqualTo(CallRecord.UsageSource.REPORTED));
			assertThat(CostwiseRunner.calls(context).get(0).target().provider()).isEqualTo("anthropic");
			assertThat(CostwiseRunner.calls(context)).extracting((call) -> call.target().provider())
				.contains("openai", "anthropic", "ollama", "google");
			assertThat(CostwiseRunner.total(context).unmanagedCalls()).isZero();
			assertThat(CostwiseRunner.calls(context)).filteredOn((call) -> call.target().provider().equals("openai"))
				.allSatisfy((call) -> assertThat(call.ending().attempts()).hasSize(1));
		});
	}

}
