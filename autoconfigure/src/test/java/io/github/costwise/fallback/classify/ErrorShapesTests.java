package io.github.costwise.fallback.classify;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.ai.chat.model.ChatModel;

import io.github.costwise.model.FailureKind;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Errors in every form that servers give them, by the real clients, which keep of them
 * what they understand.
 */
@Tag("chain")
class ErrorShapesTests {

	private static final LoopbackProvider provider = new LoopbackProvider();

	private final FailureClassifiers classifiers = new FailureClassifiers(List.of(), Clock.systemUTC());

	@BeforeEach
	void forget() {
		provider.reset();
	}

	@AfterAll
	static void stop() {
		provider.close();
	}

	static Stream<Arguments> clients() {
		Duration limit = Duration.ofSeconds(20);
		return Stream.of(client("openai", (server) -> Vendor.OPENAI.model(server, limit)),
				client("anthropic", (server) -> Vendor.ANTHROPIC.model(server, limit)),
				client("google", LoopbackModels::google), client("ollama", LoopbackModels::ollama));
	}

	private static Arguments client(String name, Function<LoopbackProvider, ChatModel> model) {
		return Arguments.of(name, model);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("clients")
	void recognisesTooLongPromptsOfAllServers(String name, Function<LoopbackProvider, ChatModel> client)
			throws IOException {
		ChatModel model = client.apply(provider);
		for (String body : bodies(name, ContextOverflowTests.tooLong())) {
			for (boolean stream : new boolean[] { false, true }) {
				assertThat(kind(model, 400, body, stream)).as(body).isEqualTo(FailureKind.CONTEXT_TOO_LONG);
			}
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("clients")
	void leavesOtherErrorsAlone(String name, Function<LoopbackProvider, ChatModel> client) throws IOException {
		ChatModel model = client.apply(provider);
		for (String body : bodies(name, ContextOverflowTests.others())) {
			for (boolean stream : new boolean[] { false, true }) {
				assertThat(kind(model, 400, body, stream)).as(body).isNotEqualTo(FailureKind.CONTEXT_TOO_LONG);
			}
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("clients")
	void takesStatus413ForItUnlessItSpeaksOfSomethingElse(String name, Function<LoopbackProvider, ChatModel> client) {
		ChatModel model = client.apply(provider);
		String bytes = "{\"error\":{\"type\":\"request_too_large\",\"message\":\"Request exceeds the maximum allowed number"
				+ " of bytes. The maximum request size is 32 MB.\"}}";
		for (boolean stream : new boolean[] { false, true }) {
			assertThat(kind(model, 413, "", stream)).isEqualTo(FailureKind.CONTEXT_TOO_LONG);
			assertThat(kind(model, 413, "{\"error\":{\"message\":\"Too large\"}}", stream))
				.isEqualTo(FailureKind.CONTEXT_TOO_LONG);
			assertThat(kind(model, 413, bytes, stream)).isEqualTo(FailureKind.INVALID_REQUEST);
		}
	}

	private FailureKind kind(ChatModel model, int status, String body, boolean stream) {
		provider.enqueue(Answer.error(status).body(body));
		return this.classifiers.classify(Thrown.by(model, stream)).kind();
	}

	/**
	 * The SDKs keep nothing of what is no JSON, and Google's knows the form of Google
	 * only, and pauses after each.
	 */
	private static List<String> bodies(String client, Stream<Arguments> errors) {
		String start = client.equals("google") ? "{\"error\":{\"code\":" : "";
		return errors.map((error) -> (String) error.get()[1])
			.filter((body) -> body.startsWith("{\"") || body.startsWith("[{\""))
			.filter((body) -> body.startsWith(start))
			.limit(client.equals("google") ? 3 : 100)
			.toList();
	}

}
