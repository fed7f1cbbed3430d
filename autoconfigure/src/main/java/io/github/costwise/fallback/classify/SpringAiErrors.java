package io.github.costwise.fallback.classify;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.retry.NonTransientAiException;
import org.springframework.ai.retry.TransientAiException;

import io.github.costwise.model.Failure;
import io.github.costwise.model.FailureKind;
import io.github.costwise.spi.FailureClassifier;
import io.github.costwise.text.TextMatch;
import io.github.costwise.text.TextPattern;

/**
 * The exceptions of Spring AI's error handlers, which keep the status and the body only
 * in their message: {@code HTTP 429 - {...}} or {@code 429 - {...}}.
 */
final class SpringAiErrors implements FailureClassifier {

	private static final TextPattern STATUS = TextPattern.of("^(?:HTTP )?(\\d{3}) - ");

	private final HttpFailures http;

	SpringAiErrors(HttpFailures http) {
		this.http = http;
	}

	@Override
	public @Nullable Failure classify(Throwable error) {
		boolean isTransient = error instanceof TransientAiException;
		if (!isTransient && !(error instanceof NonTransientAiException)) {
			return null;
		}
		String message = String.valueOf(error.getMessage());
		TextMatch status = STATUS.next(message, 0);
		if (status != null) {
			return this.http.classify(HttpError.of(Integer.parseInt(status.get(1)), message.substring(status.end())));
		}
		return (isTransient && error.getCause() == null) ? Failure.of(FailureKind.SERVER_ERROR) : null;
	}

}
