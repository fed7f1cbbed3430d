package io.github.costwise.advisor;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeTypeUtils;

import io.github.costwise.advisor.anthropic.AnthropicProviderOptions;
import io.github.costwise.advisor.openai.OpenAiProviderOptions;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;
import io.github.costwise.testsupport.LoopbackRequest;
import io.github.costwise.testsupport.LoopbackRequest.Protocol;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What arrives at a provider when a request that was built for one model goes to another,
 * on the real clients.
 */
@Tag("chain")
class TargetsIntegrationTests {

	private final LoopbackProvider server = new LoopbackProvider();

	private final Map<String, ChatModel> models = new LinkedHashMap<>();

	private final TargetRequests requests = new TargetRequests(
			List.of(new OpenAiProviderOptions(), new AnthropicProviderOptions()), () -> this.models);

	@AfterEach
	void close() {
		this.server.close();
	}

	@ParameterizedTest
	@EnumSource(Provider.class)
	void everyProviderReachesEveryOther(Provider from) {
		for (Provider to : Provider.values()) {
			this.server.reset();
			this.server.enqueue(Answer.text("called"), Answer.chunks("strea", "med"));
			ChatClient client = client(from, new Target(model(to), to.other));
			assertThat(client.prompt("Q").system("S").call().content()).isEqualTo("called");
			assertThat(text(client.prompt("Q").system("S").stream().content())).isEqualTo("streamed");
			assertThat(this.server.requests()).hasSize(2).allSatisfy((request) -> {
				assertThat(request.protocol()).isEqualTo(to.protocol);
				assertThat(request.model()).isEqualTo(to.other);
				assertThat(request.lastText()).isEqualTo("Q");
			});
		}
	}

	@ParameterizedTest
	@EnumSource(Provider.class)
	void toolLoopSwitchesProvidersBetweenRounds(Provider from) {
		for (Provider to : Provider.values()) {
			this.server.reset();
			this.server.enqueue(Answer.tool("status", "{}"), Answer.tool("status", "{}").andTool("time", "{}"),
					Answer.text("done"));
			ChatClient client = client(from, null, new Target(model(to), to.other), null);
			assertThat(client.prompt("Q").tools(new Tools()).call().content()).isEqualTo("done");
			assertRounds(from, to);
		}
	}

	@ParameterizedTest
	@EnumSource(Provider.class)
	void streamedToolLoopSwitchesProvidersBetweenRounds(Provider from) {
		for (Provider to : Provider.values()) {
			this.server.reset();
			this.server.enqueue(Answer.tool("status", "{}"), Answer.tool("status", "{}").andTool("time", "{}"),
					Answer.chunks("do", "ne"));
			ChatClient client = client(from, null, new Target(model(to), to.other), null);
			assertThat(text(client.prompt("Q").tools(new Tools()).stream().content())).isEqualTo("done");
			assertRounds(from, to);
		}
	}

	private void assertRounds(Provider from, Provider to) {
		List<LoopbackRequest> rounds = this.server.requests();
		assertThat(rounds).extracting(LoopbackRequest::protocol)
			.containsExactly(from.protocol, to.protocol, from.protocol);
		assertThat(to.toolNames(rounds.get(1).body())).containsExactlyInAnyOrder("status", "time");
		to.assertPaired(rounds.get(1).body(), 1);
		to.assertSigned(rounds.get(1).body());
		from.assertPaired(rounds.get(2).body(), 3);
	}

	@Test
	void samplingAndLimitsOfTheRequestGoAlong() {
		this.server.enqueue(Answer.text("a"), Answer.text("b"), Answer.text("c"));
		ChatClient.ChatClientRequestSpec prompt = client(Provider.OPENAI,
				new Target(model(Provider.ANTHROPIC), "claude-sonnet-4-5"),
				new Target(model(Provider.OLLAMA), "llama3.2"), new Target(model(Provider.GOOGLE), "gemini-2.5-pro"))
			.prompt("Q")
			.options(OpenAiChatOptions.builder()
				.maxCompletionTokens(77)
				.temperature(0.5)
				.topP(0.9)
				.frequencyPenalty(0.1)
				.stop(List.of("END")));
		prompt.call().content();
		prompt.call().content();
		prompt.call().content();
		JsonNode anthropic = body(0);
		assertThat(anthropic.path("max_tokens").intValue()).isEqualTo(77);
		assertThat(anthropic.path("temperature").doubleValue()).isEqualTo(0.5);
		assertThat(anthropic.has("top_p")).isFalse();
		assertThat(anthropic.path("stop_sequences").get(0).stringValue()).isEqualTo("END");
		JsonNode ollama = body(1).path("options");
		assertThat(ollama.path("num_predict").intValue()).isEqualTo(77);
		assertThat(ollama.path("temperature").doubleValue()).isEqualTo(0.5);
		assertThat(ollama.path("top_p").doubleValue()).isEqualTo(0.9);
		assertThat(ollama.path("frequency_penalty").doubleValue()).isEqualTo(0.1);
		JsonNode google = body(2).path("generationConfig");
		assertThat(google.path("maxOutputTokens").intValue()).isEqualTo(77);
		assertThat(google.path("temperature").doubleValue()).isEqualTo(0.5);
		assertThat(google.has("frequencyPenalty")).isFalse();
	}

	@Test
	void neitherModelNorLimitOfTheSourceGoesAlong() {
		this.server.enqueue(Answer.text("a"), Answer.text("b"));
		client(Provider.ANTHROPIC, new Target(model(Provider.OPENAI), "gpt-5-nano")).prompt("Q").call().content();
		assertThat(body(0).path("model").stringValue()).isEqualTo("gpt-5-nano");
		assertThat(body(0).has("max_tokens")).isFalse();
		assertThat(body(0).has("max_completion_tokens")).isFalse();
		client(Provider.OPENAI, new Target(model(Provider.ANTHROPIC), "claude-opus-4-5")).prompt("Q").call().content();
		assertThat(body(1).path("max_tokens").intValue()).isEqualTo(1000);
	}

	@Test
	void reasoningModelGetsItsOwnLimitAndNoSampling() {
		this.server.enqueue(Answer.text("a"));
		client(Provider.ANTHROPIC, new Target(model(Provider.OPENAI), "gpt-5-mini")).prompt("Q")
			.options(AnthropicChatOptions.builder().maxTokens(55).temperature(0.2).topK(3).stopSequences(List.of("X")))
			.call()
			.content();
		assertThat(body(0).path("max_completion_tokens").intValue()).isEqualTo(55);
		assertThat(body(0).propertyNames()).doesNotContain("max_tokens", "temperature", "top_k", "stop");
	}

	@ParameterizedTest
	@EnumSource(Provider.class)
	void entityAsTextAndAsSchema(Provider from) {
		for (Provider to : Provider.values()) {
			this.server.reset();
			this.server.handler((request) -> Answer.text("{\"name\":\"Ada\"}"));
			ChatClient client = client(from, new Target(model(to), to.other), new Target(model(to), to.other));
			assertThat(client.prompt("Q").call().entity(Person.class)).isEqualTo(new Person("Ada"));
			assertThat(body(0).toString()).contains("JSON Schema");
			assertThat(client.prompt("Q").call().entity(Person.class, (entity) -> entity.useProviderStructuredOutput()))
				.isEqualTo(new Person("Ada"));
			assertThat(to.schema(body(1)).path("properties").has("name")).isTrue();
		}
	}

	@ParameterizedTest
	@EnumSource(Provider.class)
	void mediaGoesAlong(Provider from) {
		for (Provider to : Provider.values()) {
			this.server.reset();
			this.server.enqueue(Answer.text("a png"));
			ChatClient client = client(from, new Target(model(to), to.other));
			client.prompt()
				.user((user) -> user.text("Q")
					.media(MimeTypeUtils.IMAGE_PNG, new ByteArrayResource(new byte[] { 1, 2, 3 })))
				.call()
				.content();
			assertThat(body(0).toString()).contains("AQID");
		}
	}

	@Test
	void secondOpenAiServerGetsNothingOfTheFirst() {
		try (LoopbackProvider other = new LoopbackProvider()) {
			other.enqueue(Answer.text("there"), Answer.chunks("the", "re"));
			ChatModel target = LoopbackModels.openAi(other,
					(options) -> options.apiKey("second").model("local").maxTokens(300).extraBody(Map.of("top_k", 7)),
					ObservationRegistry.NOOP, List.of());
			this.models.put("second", target);
			ChatClient client = client(Provider.OPENAI, new Target(target, "local-large"),
					new Target(target, "local-large"));
			ChatClient.ChatClientRequestSpec prompt = client.prompt("Q")
				.options(OpenAiChatOptions.builder()
					.customHeaders(Map.of("X-Secret", "s"))
					.reasoningEffort("low")
					.extraBody(Map.of("first", true))
					.temperature(0.3));
			assertThat(prompt.call().content()).isEqualTo("there");
			assertThat(text(prompt.stream().content())).isEqualTo("there");
			assertThat(other.requests()).hasSize(2).allSatisfy((request) -> {
				assertThat(request.headers()).containsEntry("authorization", "Bearer second")
					.doesNotContainKey("x-secret");
				assertThat(request.model()).isEqualTo("local-large");
				assertThat(request.body().path("temperature").doubleValue()).isEqualTo(0.3);
				assertThat(request.body().path("max_tokens").intValue()).isEqualTo(300);
				assertThat(request.body().path("top_k").intValue()).isEqualTo(7);
				assertThat(request.body().propertyNames()).doesNotContain("reasoning_effort", "first");
			});
			assertThat(this.server.requests()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void anotherModelOfTheSameBeanKeepsWhatTheRequestSays(boolean deployment) {
		this.server.enqueue(Answer.text("a"));
		client(Provider.OPENAI, new Target(model(Provider.OPENAI), "gpt-5-nano")).prompt("Q")
			.options(OpenAiChatOptions.builder()
				.deploymentName(deployment ? "prod" : null)
				.serviceTier("flex")
				.customHeaders(Map.of("X-Team", "blue")))
			.call()
			.content();
		assertThat(body(0).path("model").stringValue()).isEqualTo("gpt-5-nano");
		assertThat(body(0).path("service_tier").stringValue()).isEqualTo("flex");
		assertThat(this.server.requests().get(0).headers()).containsEntry("x-team", "blue");
	}

	private JsonNode body(int index) {
		return this.server.requests().get(index).body();
	}

	private ChatModel model(Provider provider) {
		return this.models.computeIfAbsent(provider.name(), (name) -> provider.model(this.server));
	}

	private ChatClient client(Provider provider, @Nullable Target... targets) {
		return ChatClient.builder(model(provider)).defaultAdvisors(new Switching(this.requests, targets)).build();
	}

	private static String text(Flux<String> content) {
		return String.join("", content.collectList().block());
	}

	private record Person(String name) {

	}

	private record Target(ChatModel model, String name) {

	}

	static class Tools {

		@Tool(description = "Gives the status")
		String status() {
			return "fine";
		}

		@Tool(description = "Gives the time")
		int time() {
			return 12;
		}

	}

	/** Sends each round to the next target; the client's own where there is none. */
	private static final class Switching implements CallAdvisor, StreamAdvisor {

		private final TargetRequests requests;

		private final List<@Nullable Target> targets;

		private final AtomicInteger round = new AtomicInteger();

		private Switching(TargetRequests requests, @Nullable Target... targets) {
			this.requests = requests;
			this.targets = Arrays.asList(targets);
		}

		@Override
		public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
			Target target = next();
			return TargetChains.call(this, chain, convert(request, target), (target != null) ? target.model() : null);
		}

		@Override
		public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
			Target target = next();
			return TargetChains.stream(this, chain, convert(request, target), (target != null) ? target.model() : null);
		}

		private @Nullable Target next() {
			return this.targets.get(this.round.getAndIncrement() % this.targets.size());
		}

		private ChatClientRequest convert(ChatClientRequest request, @Nullable Target target) {
			return (target != null) ? this.requests.forTarget(request, target.model(), target.name())
					: this.requests.forOwn(request);
		}

		@Override
		public String getName() {
			return "switching";
		}

		@Override
		public int getOrder() {
			return CostCallAdvisor.ORDER;
		}

	}

	private enum Provider {

		OPENAI(Protocol.OPENAI, "gpt-4o-mini"), ANTHROPIC(Protocol.ANTHROPIC, "claude-opus-4-5"),
		OLLAMA(Protocol.OLLAMA, "qwen3"), GOOGLE(Protocol.GOOGLE, "gemini-3-pro");

		private final Protocol protocol;

		private final String other;

		Provider(Protocol protocol, String other) {
			this.protocol = protocol;
			this.other = other;
		}

		ChatModel model(LoopbackProvider server) {
			return switch (this) {
				case OPENAI -> LoopbackModels.openAi(server);
				case ANTHROPIC -> LoopbackModels.anthropic(server);
				case OLLAMA -> LoopbackModels.ollama(server);
				case GOOGLE -> LoopbackModels.google(server);
			};
		}

		List<String> toolNames(JsonNode body) {
			JsonNode tools = (this == GOOGLE) ? body.path("tools").get(0).path("functionDeclarations")
					: body.path("tools");
			return tools.valueStream()
				.map((tool) -> tool.has("function") ? tool.path("function") : tool)
				.map((tool) -> tool.path("name").stringValue())
				.toList();
		}

		JsonNode schema(JsonNode body) {
			return switch (this) {
				case OPENAI -> body.path("response_format").path("json_schema").path("schema");
				case ANTHROPIC -> body.path("output_config").path("format").path("schema");
				case OLLAMA -> body.path("format");
				case GOOGLE -> body.path("generationConfig").path("responseJsonSchema");
			};
		}

		/** Each call has an id that the provider takes, and one result with it. */
		void assertPaired(JsonNode body, int calls) {
			List<String> asked = ids(body, true);
			List<String> answered = ids(body, false);
			assertThat(asked).hasSize(calls);
			assertThat(answered).hasSize(calls);
			if (this == OPENAI || this == ANTHROPIC) {
				assertThat(asked).isEqualTo(answered).allMatch((id) -> id.matches("[a-zA-Z0-9_-]{1,40}"));
			}
			if (this == GOOGLE) {
				assertThat(asked).isEqualTo(answered);
			}
		}

		/** The two alphabets of base64 stand for the same bytes. */
		void assertSigned(JsonNode body) {
			if (this == GOOGLE) {
				assertThat(body.toString().replace('/', '_'))
					.contains("\"thoughtSignature\":\"skip_thought_signature_validator\"");
			}
		}

		private List<String> ids(JsonNode body, boolean calls) {
			return switch (this) {
				case OPENAI,
						OLLAMA ->
					calls ? body.path("messages")
						.valueStream()
						.flatMap((message) -> message.path("tool_calls").valueStream())
						.map((call) -> call.path("id").asString(""))
						.toList()
							: body.path("messages")
								.valueStream()
								.filter((message) -> message.path("role").asString("").equals("tool"))
								.map((message) -> message.path("tool_call_id").asString(""))
								.toList();
				case ANTHROPIC -> body.path("messages")
					.valueStream()
					.flatMap((message) -> message.path("content").valueStream())
					.filter((part) -> part.path("type").asString("").equals(calls ? "tool_use" : "tool_result"))
					.map((part) -> part.path(calls ? "id" : "tool_use_id").asString(""))
					.toList();
				case GOOGLE -> body.path("contents")
					.valueStream()
					.flatMap((content) -> content.path("parts").valueStream())
					.filter((part) -> part.has(calls ? "functionCall" : "functionResponse"))
					.map((part) -> part.path(calls ? "functionCall" : "functionResponse").path("name").asString(""))
					.toList();
			};
		}

	}

}
