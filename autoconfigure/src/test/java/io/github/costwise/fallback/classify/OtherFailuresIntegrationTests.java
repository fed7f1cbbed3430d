package io.github.costwise.fallback.classify;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import io.github.costwise.model.Failure;
import io.github.costwise.model.FailureKind;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.Fault;
import io.github.costwise.testsupport.Fault.Point;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Google, Ollama and Spring's HTTP clients fail over loopback HTTP. */
@Tag("chain")
class OtherFailuresIntegrationTests {

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

	static Stream<Arguments> answers() {
		String quota = google("RESOURCE_EXHAUSTED",
				"You exceeded your current quota. Please retry in 34.5s.\\nSee the documentation");
		String tooLong = google("INVALID_ARGUMENT",
				"The input token count (1048577) exceeds the maximum number of tokens allowed (1048576).");
		String key = google("INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.");
		return Stream.of(Arguments.of(Answer.error(429), FailureKind.RATE_LIMITED, null),
				Arguments.of(Answer.error(429).body(quota), FailureKind.RATE_LIMITED, Duration.ofMillis(34500)),
				Arguments.of(Answer.error(400).body(tooLong), FailureKind.CONTEXT_TOO_LONG, null),
				Arguments.of(Answer.error(400).body(key), FailureKind.AUTHENTICATION, null),
				Arguments.of(Answer.error(403), FailureKind.AUTHENTICATION, null),
				Arguments.of(Answer.error(404), FailureKind.MODEL_MISSING, null),
				Arguments.of(Answer.error(500), FailureKind.SERVER_ERROR, null),
				Arguments.of(Answer.error(503), FailureKind.SERVER_ERROR, null),
				Arguments.of(Answer.chunks("a", "b").malformed(), FailureKind.MALFORMED_ANSWER, null),
				Arguments.of(Answer.text("a").fault(Fault.reset(Point.BEFORE_HEADERS)), FailureKind.CONNECTION, null),
				Arguments.of(Answer.text("a").fault(Fault.reset(Point.MID_HEADERS)), FailureKind.CONNECTION, null));
	}

	@ParameterizedTest
	@MethodSource("answers")
	void classifiesGoogle(Answer answer, FailureKind kind, Duration retryAfter) {
		assertBoth(LoopbackModels.google(provider), answer, kind, retryAfter);
	}

	@ParameterizedTest
	@MethodSource("answers")
	void classifiesOllama(Answer answer, FailureKind kind, Duration retryAfter) {
		assertBoth(LoopbackModels.ollama(provider), answer, kind, retryAfter);
	}

	@Test
	void classifiesRestClient() {
		provider.enqueue(Answer.error(429).header("Retry-After", "3"));
		Throwable thrown = catchThrowable(() -> RestClient.builder()
			.requestFactory(new JdkClientHttpRequestFactory())
			.build()
			.post()
			.uri(address())
			.body("{}")
			.retrieve()
			.body(String.class));
		assertThat(this.classifiers.classify(thrown))
			.isEqualTo(new Failure(FailureKind.RATE_LIMITED, Duration.ofSeconds(3), 429));
	}

	@Test
	void classifiesWebClient() {
		provider.enqueue(Answer.error(429).header("Retry-After", "3"));
		Throwable thrown = catchThrowable(() -> WebClient.create()
			.post()
			.uri(address())
			.bodyValue("{}")
			.retrieve()
			.bodyToMono(String.class)
			.block());
		assertThat(this.classifiers.classify(thrown))
			.isEqualTo(new Failure(FailureKind.RATE_LIMITED, Duration.ofSeconds(3), 429));
	}

	@Test
	void classifiesRefusedConnections() {
		LoopbackProvider closed = new LoopbackProvider();
		closed.close();
		for (ChatModel model : List.of(LoopbackModels.google(closed), LoopbackModels.ollama(closed))) {
			for (boolean stream : new boolean[] { false, true }) {
				Throwable thrown = Thrown.by(model, stream);
				assertThat(this.classifiers.classify(thrown)).as(thrown.toString())
					.isEqualTo(Failure.of(FailureKind.CONNECTION));
			}
		}
	}

	private void assertBoth(ChatModel model, Answer answer, FailureKind kind, Duration retryAfter) {
		for (boolean stream : new boolean[] { false, true }) {
			provider.enqueue(answer);
			Throwable thrown = Thrown.by(model, stream);
			assertThat(thrown).isNotNull();
			Failure failure = this.classifiers.classify(thrown);
			assertThat(failure.kind()).as(stream + " " + thrown).isEqualTo(kind);
			assertThat(failure.retryAfter()).isEqualTo(retryAfter);
		}
	}

	private static URI address() {
		return URI.create(provider.url() + "/v1/chat/completions");
	}

	private static String google(String status, String message) {
		return "{\"error\":{\"code\":1,\"message\":\"" + message + "\",\"status\":\"" + status + "\"}}";
	}

}
