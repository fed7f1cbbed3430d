package io.github.costwise.fallback.classify;

import java.time.Clock;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.Failure;
import io.github.costwise.model.FailureKind;

/**
 * Classifies errors that a provider answered with. Thread-safe.
 */
final class HttpFailures {

	private final RetryAfter retryAfter;

	HttpFailures(Clock clock) {
		this.retryAfter = new RetryAfter(clock);
	}

	Failure classify(HttpError error) {
		FailureKind kind = kind(error);
		return new Failure(kind, wait(kind, error), error.status());
	}

	private static FailureKind kind(HttpError error) {
		if (error.status() < 500 && ErrorCodes.isUsedUp(error)) {
			return FailureKind.RATE_LIMITED;
		}
		FailureKind named = ErrorCodes.named(error);
		return (named != null) ? named : ofStatus(error.status());
	}

	private @Nullable Duration wait(FailureKind kind, HttpError error) {
		boolean helps = kind == FailureKind.RATE_LIMITED && !ErrorCodes.isUsedUp(error);
		return (helps || kind == FailureKind.SERVER_ERROR) ? this.retryAfter.of(error) : null;
	}

	private static FailureKind ofStatus(int status) {
		return switch (status) {
			case 401, 403 -> FailureKind.AUTHENTICATION;
			case 402, 429 -> FailureKind.RATE_LIMITED;
			case 404, 410 -> FailureKind.MODEL_MISSING;
			case 408 -> FailureKind.TIMED_OUT;
			case 409 -> FailureKind.SERVER_ERROR;
			case 413 -> FailureKind.CONTEXT_TOO_LONG;
			case 504 -> FailureKind.TIMED_OUT;
			default -> ofRange(status);
		};
	}

	private static FailureKind ofRange(int status) {
		if (status >= 500 || status == 200) {
			return FailureKind.SERVER_ERROR;
		}
		return (status >= 400) ? FailureKind.INVALID_REQUEST : FailureKind.UNKNOWN;
	}

}
