package io.github.costwise.fallback.classify;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

import javax.net.ssl.SSLHandshakeException;

import com.anthropic.errors.AnthropicIoException;
import com.google.genai.errors.GenAiIOException;
import com.openai.errors.OpenAIInvalidDataException;
import com.openai.errors.OpenAIIoException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.ai.retry.NonTransientAiException;
import org.springframework.ai.retry.TransientAiException;

import io.github.costwise.CostStop;
import io.github.costwise.model.Failure;
import io.github.costwise.model.FailureKind;
import io.github.costwise.spi.FailureClassifier;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

@Tag("chain")
class FailureClassifiersTests {

	private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

	private final FailureClassifiers classifiers = new FailureClassifiers(List.of(), CLOCK);

	static Stream<Arguments> errors() {
		JacksonException unreadable = catchThrowableOfType(JacksonException.class,
				() -> new JsonMapper().readTree("{\"a"));
		Throwable late = catchThrowable(() -> Mono.never().block(Duration.ofMillis(1)));
		return Stream.of(given(new Refusal(), FailureKind.STOPPED),
				given(new IOException("reset", new Refusal()), FailureKind.STOPPED),
				given(new InterruptedException(), FailureKind.STOPPED),
				given(new InterruptedIOException("interrupted"), FailureKind.STOPPED),
				given(new CancellationException(), FailureKind.STOPPED),
				given(new OpenAIIoException("failed", new IOException("Canceled")), FailureKind.STOPPED),
				given(new StackOverflowError(), FailureKind.STOPPED),
				given(new InterruptedIOException("timeout").initCause(new IOException("Canceled")),
						FailureKind.TIMED_OUT),
				given(new SocketTimeoutException("Read timed out"), FailureKind.TIMED_OUT),
				given(new HttpTimeoutException("request timed out"), FailureKind.TIMED_OUT),
				given(late, FailureKind.TIMED_OUT),
				given(new OpenAIInvalidDataException("Error reading", new SocketTimeoutException()),
						FailureKind.TIMED_OUT),
				given(new UnknownHostException("nowhere"), FailureKind.CONNECTION),
				given(new SSLHandshakeException("certificate"), FailureKind.CONNECTION),
				given(new UncheckedIOException(new IOException("Broken pipe")), FailureKind.CONNECTION),
				given(new OpenAIIoException("failed"), FailureKind.CONNECTION),
				given(new AnthropicIoException("failed"), FailureKind.CONNECTION),
				given(new GenAiIOException("failed"), FailureKind.CONNECTION),
				given(new OpenAIInvalidDataException("`id` is not set"), FailureKind.MALFORMED_ANSWER),
				given(unreadable, FailureKind.MALFORMED_ANSWER),
				given(new RuntimeException("Failed to parse", unreadable), FailureKind.MALFORMED_ANSWER),
				given(new NullPointerException(), FailureKind.INVALID_REQUEST),
				given(new IllegalArgumentException("Unsupported media type"), FailureKind.INVALID_REQUEST),
				given(new IllegalStateException("wrong order"), FailureKind.INVALID_REQUEST),
				given(new RuntimeException("Failed", new ClassCastException()), FailureKind.INVALID_REQUEST),
				given(new RuntimeException("quantum flux"), FailureKind.UNKNOWN),
				given(new IllegalStateException("Stream processing failed", new RuntimeException("?")),
						FailureKind.UNKNOWN));
	}

	@ParameterizedTest
	@MethodSource("errors")
	void classifies(Throwable error, FailureKind kind) {
		assertThat(this.classifiers.classify(error)).isEqualTo(Failure.of(kind));
	}

	@ParameterizedTest
	@MethodSource("errors")
	void looksThroughWrappers(Throwable error, FailureKind kind) {
		Throwable wrapped = new IllegalStateException("Stream processing failed",
				Exceptions.propagate(new ExecutionException(new CompletionException(error))));
		assertThat(this.classifiers.classify(wrapped).kind()).isEqualTo(kind);
	}

	static Stream<Arguments> messages() {
		return Stream.of(
				message("HTTP 429 - {\"error\":{\"code\":\"insufficient_quota\"}}", FailureKind.RATE_LIMITED, null,
						429),
				message("429 - Please retry after 26 seconds.", FailureKind.RATE_LIMITED, Duration.ofSeconds(26), 429),
				message("HTTP 400 - {\"retryDelay\": \"3s\", \"reason\": \"RATE_LIMIT_EXCEEDED\"}",
						FailureKind.RATE_LIMITED, Duration.ofSeconds(3), 400),
				message("HTTP 400 - {\"code\":\"context_length_exceeded\"}", FailureKind.CONTEXT_TOO_LONG, null, 400),
				message("HTTP 400 - {\"code\":\"server_error\"}", FailureKind.INVALID_REQUEST, null, 400),
				message("HTTP 402 - Payment required", FailureKind.RATE_LIMITED, null, 402),
				message("HTTP 408 - ", FailureKind.TIMED_OUT, null, 408),
				message("HTTP 409 - ", FailureKind.SERVER_ERROR, null, 409),
				message("HTTP 413 - ", FailureKind.CONTEXT_TOO_LONG, null, 413),
				message("HTTP 418 - ", FailureKind.INVALID_REQUEST, null, 418),
				message("HTTP 302 - ", FailureKind.UNKNOWN, null, 302),
				message("HTTP 503 - try again in 99999999999999999999s", FailureKind.SERVER_ERROR, null, 503),
				message("HTTP 503 - try again in 999999999s", FailureKind.SERVER_ERROR, Duration.ofDays(1), 503));
	}

	@ParameterizedTest
	@MethodSource("messages")
	void readsTheMessagesOfSpringAi(String message, FailureKind kind, @Nullable Duration wait, int status) {
		Failure expected = new Failure(kind, wait, status);
		assertThat(this.classifiers.classify(new TransientAiException(message))).isEqualTo(expected);
		assertThat(this.classifiers.classify(new NonTransientAiException(message))).isEqualTo(expected);
	}

	@Test
	void takesAPassingErrorWithoutAStatusAsTheServers() {
		assertThat(this.classifiers.classify(new TransientAiException("try later")))
			.isEqualTo(Failure.of(FailureKind.SERVER_ERROR));
		assertThat(this.classifiers.classify(new NonTransientAiException("never")))
			.isEqualTo(Failure.of(FailureKind.UNKNOWN));
	}

	@Test
	void asksOwnClassifiersInOrderAboutEveryCause() {
		FailureClassifier first = (error) -> (error instanceof IOException) ? Failure.of(FailureKind.CONTENT_POLICY)
				: null;
		FailureClassifier second = (error) -> Failure.of(FailureKind.AUTHENTICATION);
		FailureClassifiers both = new FailureClassifiers(List.of(first, second), CLOCK);
		assertThat(both.classify(new RuntimeException(new IOException())).kind()).isEqualTo(FailureKind.CONTENT_POLICY);
		assertThat(both.classify(new RuntimeException()).kind()).isEqualTo(FailureKind.AUTHENTICATION);
	}

	@Test
	void doesNotLetOwnClassifiersOverruleAStop() {
		FailureClassifier own = (error) -> Failure.of(FailureKind.SERVER_ERROR);
		FailureClassifiers all = new FailureClassifiers(List.of(own), CLOCK);
		assertThat(all.classify(new RuntimeException(new Refusal())).kind()).isEqualTo(FailureKind.STOPPED);
	}

	@Test
	void passesOverClassifiersThatThrow() {
		FailureClassifier broken = (error) -> {
			throw new IllegalStateException("broken");
		};
		FailureClassifier outdated = (error) -> {
			throw new NoSuchMethodError("statusCode");
		};
		FailureClassifiers all = new FailureClassifiers(List.of(broken, outdated), CLOCK);
		assertThat(all.classify(new SocketTimeoutException()).kind()).isEqualTo(FailureKind.TIMED_OUT);
	}

	@Test
	void readsTheStatusOfAnyOtherSdk() {
		assertThat(this.classifiers.classify(new SdkException(429, "Too many tokens, please wait")))
			.isEqualTo(new Failure(FailureKind.RATE_LIMITED, null, 429));
		assertThat(this.classifiers.classify(new SdkException(400, "Input is too long for requested model.")))
			.isEqualTo(new Failure(FailureKind.CONTEXT_TOO_LONG, null, 400));
		assertThat(this.classifiers.classify(new SdkException(0, "not sent")))
			.isEqualTo(Failure.of(FailureKind.UNKNOWN));
	}

	@Test
	void neverThrowsWhateverAProviderSays() {
		Random random = new Random(5);
		String[] words = { "retry-after: ", "try again in ", "9", ".", "s", "ms", "{\"code\":\"", "insufficient_quota",
				"content_filter", "\"}", "-", "\u0000", "type=", "429 - ", "retryDelay=", "\ud800" };
		HttpFailures http = new HttpFailures(CLOCK);
		for (int i = 0; i < 20_000; i++) {
			String text = random.ints(random.nextInt(12), 0, words.length)
				.mapToObj((word) -> words[word])
				.collect(joining());
			String header = random.ints(random.nextInt(4), 0, words.length)
				.mapToObj((word) -> words[word])
				.collect(joining());
			Failure failure = http.classify(new HttpError(random.nextInt(1000), text, (name) -> List.of(header)));
			Duration wait = failure.retryAfter();
			assertThat(wait == null || (!wait.isNegative() && wait.compareTo(Duration.ofDays(1)) <= 0))
				.as(text + header)
				.isTrue();
		}
	}

	@Test
	void survivesCausesInACircle() {
		RuntimeException inner = new RuntimeException("inner");
		RuntimeException outer = new RuntimeException("outer", inner);
		inner.initCause(outer);
		assertThat(this.classifiers.classify(outer).kind()).isEqualTo(FailureKind.UNKNOWN);
	}

	private static Arguments given(Throwable error, FailureKind kind) {
		return Arguments.of(error, kind);
	}

	private static Arguments message(String message, FailureKind kind, @Nullable Duration wait, int status) {
		return Arguments.of(message, kind, wait, status);
	}

	/** In the form of the AWS SDK. */
	public static final class SdkException extends RuntimeException {

		private final int status;

		SdkException(int status, String message) {
			super(message);
			this.status = status;
		}

		public int statusCode() {
			return this.status;
		}

	}

	private static final class Refusal extends RuntimeException implements CostStop {

	}

}
