package io.github.costwise.testsupport;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Stream;

import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.tool.annotation.Tool;

import io.github.costwise.testsupport.Fault.Point;
import io.github.costwise.testsupport.LoopbackExchange.End;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/** Tests of {@link LoopbackProvider} with the real clients. */
@Tag("chain")
class LoopbackProviderTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final LoopbackProvider provider = new LoopbackProvider();

	@AfterEach
	void stop() {
		this.provider.close();
	}

	static Stream<Arguments> models() {
		return Stream.of(model("openai", LoopbackModels::openAi), model("anthropic", LoopbackModels::anthropic),
				model("google", LoopbackModels::google), model("ollama", LoopbackModels::ollama));
	}

	private static Arguments model(String name, Function<LoopbackProvider, ChatModel> factory) {
		return Arguments.argumentSet(name, factory);
	}

	@ParameterizedTest
	@MethodSource("models")
	void answersCall(Function<LoopbackProvider, ChatModel> factory) {
		this.provider.enqueue(Answer.chunks("Hello ", "there").model("answering-model"));
		ChatResponse response = factory.apply(this.provider).call(new Prompt("Hi"));
		assertThat(response.getResult().getOutput().getText()).isEqualTo("Hello there");
		assertThat(response.getMetadata().getModel()).isEqualTo("answering-model");
		assertUsage(response.getMetadata().getUsage());
		assertThat(this.provider.requests()).singleElement()
			.satisfies((request) -> assertThat(request.lastText()).isEqualTo("Hi"));
		assertThat(this.provider.exchanges().get(0).end()).isEqualTo(End.COMPLETED);
	}

	@ParameterizedTest
	@MethodSource("models")
	void answersStream(Function<LoopbackProvider, ChatModel> factory) {
		this.provider.enqueue(Answer.chunks("Hello ", "there"));
		List<ChatResponse> chunks = collect(factory.apply(this.provider).stream(new Prompt("Hi")));
		assertThat(textOf(chunks)).isEqualTo("Hello there");
		assertUsage(lastUsageOf(chunks));
		assertThat(this.provider.requests().get(0).isStream()).isTrue();
	}

	@ParameterizedTest
	@MethodSource("models")
	void asksForTool(Function<LoopbackProvider, ChatModel> factory) {
		this.provider.enqueue(Answer.tool("weather", "{\"city\":\"Graz\"}"), Answer.text("Sunny it is"));
		String answer = client(factory).call().content();
		assertThat(answer).isEqualTo("Sunny it is");
		assertThat(Json.write(this.provider.requests().get(1).body())).contains("sunny in Graz");
	}

	@ParameterizedTest
	@MethodSource("models")
	void asksForToolInStream(Function<LoopbackProvider, ChatModel> factory) {
		this.provider.enqueue(Answer.tool("weather", "{\"city\":\"Graz\"}"), Answer.chunks("Sunny ", "it is"));
		List<String> chunks = collect(client(factory).stream().content());
		assertThat(String.join("", chunks)).isEqualTo("Sunny it is");
		assertThat(Json.write(this.provider.requests().get(1).body())).contains("sunny in Graz");
	}

	@ParameterizedTest
	@MethodSource("models")
	void leavesUsageOut(Function<LoopbackProvider, ChatModel> factory) {
		this.provider.enqueue(Answer.text("Hello").withoutUsage());
		List<ChatResponse> chunks = collect(factory.apply(this.provider).stream(new Prompt("Hi")));
		assertThat(chunks).allSatisfy((chunk) -> assertThat(chunk.getMetadata().getUsage().getTotalTokens()).isZero());
	}

	@ParameterizedTest
	@MethodSource("models")
	void failsWithStatusAndHeaders(Function<LoopbackProvider, ChatModel> factory) {
		this.provider.enqueue(Answer.error(429).header("retry-after", "7"));
		assertThatException().isThrownBy(() -> factory.apply(this.provider).call(new Prompt("Hi")))
			.satisfies((ex) -> assertThat(ex + " " + ex.getCause()).contains("429"));
		assertThat(this.provider.requests()).hasSize(1);
	}

	@ParameterizedTest
	@MethodSource("models")
	void breaksConnectionAnywhere(Function<LoopbackProvider, ChatModel> factory) {
		ChatModel model = factory.apply(this.provider);
		for (Point point : Point.values()) {
			this.provider.enqueue(Answer.chunks("Hello ", "there").fault(Fault.reset(point)));
			StepVerifier.create(model.stream(new Prompt("Hi")).then()).expectError().verify(LIMIT);
		}
		assertThat(this.provider.exchanges()).hasSize(Point.values().length)
			.allSatisfy((exchange) -> assertThat(exchange.awaitEnd(LIMIT)).isEqualTo(End.BROKEN_BY_SERVER));
	}

	@Test
	void cutsStreamAfterDeliveredChunks() {
		this.provider.enqueue(Answer.chunks("a", "b", "c").fault(Fault.cutAfter(2)));
		StringBuilder text = new StringBuilder();
		Flux<ChatResponse> stream = LoopbackModels.openAi(this.provider).stream(new Prompt("Hi"));
		StepVerifier.create(stream.doOnNext((chunk) -> append(text, chunk)).then()).expectError().verify(LIMIT);
		assertThat(text).hasToString("ab");
	}

	static Stream<Arguments> clientsThatCloseWhenCancelled() {
		Stream<Arguments> always = Stream.of(model("anthropic", LoopbackModels::anthropic),
				model("ollama", LoopbackModels::ollama));
		return SpringAi.closesStreamsOfOpenAi()
				? Stream.concat(always, Stream.of(model("openai", LoopbackModels::openAi))) : always;
	}

	@ParameterizedTest
	@MethodSource("clientsThatCloseWhenCancelled")
	void noticesThatClientClosesStream(Function<LoopbackProvider, ChatModel> factory) {
		Semaphore gate = new Semaphore(3);
		this.provider.enqueue(Answer.chunks("a", "b", "c", "d", "e").gate(gate));
		factory.apply(this.provider).stream(new Prompt("Hi")).blockFirst(LIMIT);
		gate.release();
		assertThat(this.provider.exchanges().get(0).awaitEnd(LIMIT)).isEqualTo(End.CLOSED_BY_CLIENT);
	}

	static Stream<Arguments> clientsThatReadOnWhenCancelled() {
		Stream<Arguments> always = Stream.of(model("google", LoopbackModels::google));
		return SpringAi.closesStreamsOfOpenAi() ? always
				: Stream.concat(always, Stream.of(model("openai", LoopbackModels::openAi)));
	}

	@ParameterizedTest
	@MethodSource("clientsThatReadOnWhenCancelled")
	void someClientsReadOnWhenCancelled(Function<LoopbackProvider, ChatModel> factory) {
		Semaphore gate = new Semaphore(3);
		this.provider.enqueue(Answer.chunks("a", "b", "c", "d", "e").gate(gate));
		factory.apply(this.provider).stream(new Prompt("Hi")).blockFirst(LIMIT);
		LoopbackExchange exchange = this.provider.exchanges().get(0);
		assertThat(exchange.end()).isEqualTo(End.OPEN);
		gate.release(100);
		assertThat(exchange.awaitEnd(LIMIT)).isEqualTo(End.COMPLETED);
	}

	@Test
	void stallsUntilClientGivesUp() {
		this.provider.enqueue(Answer.text("late").fault(Fault.stall(Point.BEFORE_HEADERS)));
		ChatModel model = LoopbackModels.openAi(this.provider, (options) -> options.timeout(Duration.ofMillis(200)),
				ObservationRegistry.NOOP, List.of());
		assertThatException().isThrownBy(() -> model.call(new Prompt("Hi")));
		assertThat(this.provider.exchanges().get(0).awaitEnd(LIMIT)).isEqualTo(End.CLOSED_BY_CLIENT);
	}

	@Test
	void sendsMalformedJson() {
		this.provider.enqueue(Answer.text("Hello").malformed(), Answer.text("Hello").malformed());
		ChatModel model = LoopbackModels.openAi(this.provider);
		assertThatException().isThrownBy(() -> model.call(new Prompt("Hi")));
		StepVerifier.create(model.stream(new Prompt("Hi")).then()).expectError().verify(LIMIT);
	}

	@Test
	void letsSdkRetry() {
		this.provider.enqueue(Answer.error(529).header("retry-after-ms", "1"), Answer.text("Hello"));
		ChatModel model = LoopbackModels.anthropic(this.provider, (options) -> options.maxRetries(1),
				ObservationRegistry.NOOP, List.of());
		assertThat(model.call("Hi")).isEqualTo("Hello");
		assertThat(this.provider.requests()).hasSize(2);
	}

	@Test
	void embeds() {
		this.provider.enqueue(Answer.text("").usage("{\"prompt_tokens\":3,\"total_tokens\":3}"));
		float[] vector = LoopbackModels.openAiEmbedding(this.provider, ObservationRegistry.NOOP).embed("Hi");
		assertThat(vector).containsExactly(0.6f, 0.8f, 0f);
	}

	@Test
	void refusesWhatIsNotScripted() {
		assertThatException().isThrownBy(() -> LoopbackModels.openAi(this.provider).call("Hi"))
			.withMessageContaining("404");
	}

	private ChatClient.ChatClientRequestSpec client(Function<LoopbackProvider, ChatModel> factory) {
		return ChatClient.create(factory.apply(this.provider)).prompt("Weather?").tools(new WeatherTool());
	}

	private static <T> List<T> collect(Flux<T> flux) {
		return flux.collectList().block(LIMIT);
	}

	private static void append(StringBuilder text, ChatResponse chunk) {
		if (chunk.getResult() != null && chunk.getResult().getOutput().getText() != null) {
			text.append(chunk.getResult().getOutput().getText());
		}
	}

	private static String textOf(List<ChatResponse> chunks) {
		StringBuilder text = new StringBuilder();
		chunks.forEach((chunk) -> append(text, chunk));
		return text.toString();
	}

	private static Usage lastUsageOf(List<ChatResponse> chunks) {
		return chunks.stream()
			.map((chunk) -> chunk.getMetadata().getUsage())
			.filter((usage) -> usage.getTotalTokens() > 0)
			.reduce((first, second) -> second)
			.orElseThrow();
	}

	private static void assertUsage(Usage usage) {
		assertThat(usage.getPromptTokens()).isEqualTo(10);
		assertThat(usage.getCompletionTokens()).isEqualTo(5);
	}

	static final class WeatherTool {

		@Tool(description = "Tells the weather")
		String weather(String city) {
			return "sunny in " + city;
		}

	}

}
