package io.github.costwise.fallback.classify;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.micrometer.observation.ObservationRegistry;

import org.springframework.ai.chat.model.ChatModel;

import io.github.costwise.model.Failure;
import io.github.costwise.model.FailureKind;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

/**
 * A vendor's real client, and answers of that vendor. The bodies are in the form of the
 * vendor's error reference.
 */
enum Vendor {

	OPENAI {

		@Override
		ChatModel model(LoopbackProvider server, Duration timeout) {
			return LoopbackModels.openAi(server, (options) -> options.timeout(timeout), ObservationRegistry.NOOP,
					List.of());
		}

		@Override
		String body(String type, String code, String message) {
			return "{\"error\":{\"message\":\"" + message + "\",\"type\":\"" + type + "\",\"param\":null,\"code\":"
					+ (code.isEmpty() ? "null" : "\"" + code + "\"") + "}}";
		}

		@Override
		Stream<Case> own(boolean stream) {
			String filtered = "{\"error\":{\"message\":\"The response was filtered due to the prompt triggering our"
					+ " content management policy.\",\"type\":null,\"param\":\"prompt\",\"code\":\"content_filter\","
					+ "\"status\":400,\"innererror\":{\"code\":\"ResponsibleAIPolicyViolation\"}}}";
			return Stream.of(
					error(stream, 400,
							body("invalid_request_error", "context_length_exceeded",
									"This model's maximum context length is 128000 tokens."))
						.means(FailureKind.CONTEXT_TOO_LONG, 400),
					error(stream, 400, filtered).means(FailureKind.CONTENT_POLICY, 400),
					error(stream, 400,
							body("invalid_request_error", "", "Your request was rejected by our safety system"))
						.means(FailureKind.CONTENT_POLICY, 400),
					error(stream, 429,
							body("insufficient_quota", "insufficient_quota", "You exceeded your current quota"))
						.means(FailureKind.RATE_LIMITED, 429),
					error(stream, 429, body("tokens", "rate_limit_exceeded", "Please try again in 1.2s."))
						.means(FailureKind.RATE_LIMITED, Duration.ofMillis(1200), 429),
					error(stream, 404, body("invalid_request_error", "model_not_found", "The model does not exist"))
						.means(FailureKind.MODEL_MISSING, 404),
					error(stream, 401, body("invalid_request_error", "invalid_api_key", "Incorrect API key provided"))
						.means(FailureKind.AUTHENTICATION, 401));
		}

		@Override
		Stream<Case> withinAStream() {
			return Stream.of(
					event("data: " + body("server_error", "", "The server had an error") + "\n\n")
						.means(FailureKind.SERVER_ERROR, 200),
					event("data: " + body("invalid_request_error", "", "Invalid value") + "\n\n")
						.means(FailureKind.INVALID_REQUEST, 200),
					event("data: " + body("invalid_request_error", "", "too many input tokens") + "\n\n")
						.means(FailureKind.CONTEXT_TOO_LONG, 200),
					event("data: " + body("requests", "rate_limit_exceeded", "Please try again in 20ms.") + "\n\n")
						.means(FailureKind.RATE_LIMITED, Duration.ofMillis(20), 200));
		}

	},

	ANTHROPIC {

		@Override
		ChatModel model(LoopbackProvider server, Duration timeout) {
			return LoopbackModels.anthropic(server, (options) -> options.timeout(timeout), ObservationRegistry.NOOP,
					List.of());
		}

		@Override
		String body(String type, String code, String message) {
			return "{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"" + message + "\"}}";
		}

		@Override
		Stream<Case> own(boolean stream) {
			String invalid = "invalid_request_error";
			return Stream.of(
					error(stream, 400, body(invalid, "", "prompt is too long: 210021 tokens > 200000 maximum"))
						.means(FailureKind.CONTEXT_TOO_LONG, 400),
					error(stream, 400,
							body(invalid, "", "input length and `max_tokens` exceed context limit: 199000 + 4096"))
						.means(FailureKind.CONTEXT_TOO_LONG, 400),
					error(stream, 413, body("request_too_large", "", "Request exceeds the maximum size"))
						.means(FailureKind.CONTEXT_TOO_LONG, 413),
					error(stream, 400, body(invalid, "", "Output blocked by content filtering policy"))
						.means(FailureKind.CONTENT_POLICY, 400),
					error(stream, 400, body(invalid, "", "Your credit balance is too low to access the Anthropic API."))
						.means(FailureKind.RATE_LIMITED, 400),
					error(stream, 403, body("permission_error", "", "Not allowed")).means(FailureKind.AUTHENTICATION,
							403),
					error(stream, 529, body("overloaded_error", "", "Overloaded")).means(FailureKind.SERVER_ERROR, 529),
					error(stream, 504, body("timeout_error", "", "Timed out")).means(FailureKind.TIMED_OUT, 504));
		}

		@Override
		Stream<Case> withinAStream() {
			return Stream.of(
					event("event: error\ndata: " + body("overloaded_error", "", "Overloaded") + "\n\n")
						.means(FailureKind.SERVER_ERROR, 200),
					event("event: error\ndata: " + body("rate_limit_error", "", "Slow down") + "\n\n")
						.means(FailureKind.RATE_LIMITED, 200));
		}

	};

	private static final Duration SEVEN = Duration.ofSeconds(7);

	abstract ChatModel model(LoopbackProvider server, Duration timeout);

	abstract String body(String type, String code, String message);

	abstract Stream<Case> own(boolean stream);

	abstract Stream<Case> withinAStream();

	Stream<Case> cases(boolean stream) {
		Stream<Case> answers = Stream.concat(own(stream), common(stream));
		return stream ? Stream.concat(answers, withinAStream()) : answers;
	}

	private Stream<Case> common(boolean stream) {
		return Stream.of(status(stream, 401).means(FailureKind.AUTHENTICATION, 401),
				status(stream, 400).means(FailureKind.INVALID_REQUEST, 400),
				status(stream, 422).means(FailureKind.INVALID_REQUEST, 422),
				status(stream, 429).means(FailureKind.RATE_LIMITED, 429),
				waiting(stream, "retry-after", "7").means(FailureKind.RATE_LIMITED, SEVEN, 429),
				waiting(stream, "Retry-After-Ms", "1500.5").means(FailureKind.RATE_LIMITED,
						Duration.ofNanos(1_500_500_000), 429),
				waiting(stream, "Retry-After", "Mon, 23 Nov 2026 12:00:07 GMT").means(FailureKind.RATE_LIMITED, SEVEN,
						429),
				waiting(stream, "Retry-After", "soon").means(FailureKind.RATE_LIMITED, 429),
				status(stream, 500).means(FailureKind.SERVER_ERROR, 500),
				status(stream, 503).means(FailureKind.SERVER_ERROR, 503),
				status(stream, 529).means(FailureKind.SERVER_ERROR, 529),
				error(stream, 502, "<html>Bad gateway</html>").means(FailureKind.SERVER_ERROR, 502),
				given(stream, "malformed", Answer.chunks("a", "b").malformed()).means(FailureKind.MALFORMED_ANSWER, 0));
	}

	private Case status(boolean stream, int status) {
		return given(stream, status + " without more", Answer.error(status));
	}

	private Case waiting(boolean stream, String header, String value) {
		return given(stream, "429 " + header + ": " + value, Answer.error(429).header(header, value));
	}

	Case error(boolean stream, int status, String body) {
		return given(stream, status + " " + body, Answer.error(status).body(body));
	}

	Case event(String body) {
		return given(true, "200 " + body.strip(), Answer.text("").body(body));
	}

	private Case given(boolean stream, String name, Answer answer) {
		return new Case(this, stream, name, answer, Failure.of(FailureKind.UNKNOWN));
	}

}
