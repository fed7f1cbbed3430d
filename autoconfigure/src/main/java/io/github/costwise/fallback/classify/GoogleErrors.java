package io.github.costwise.fallback.classify;

import com.google.genai.errors.ApiException;
import org.jspecify.annotations.Nullable;

import io.github.costwise.model.Failure;
import io.github.costwise.spi.FailureClassifier;

/** The exceptions of the Google GenAI SDK, which keep no headers. */
final class GoogleErrors implements FailureClassifier {

	private final HttpFailures http;

	GoogleErrors(HttpFailures http) {
		this.http = http;
	}

	@Override
	public @Nullable Failure classify(Throwable error) {
		if (error instanceof ApiException answer) {
			return this.http
				.classify(HttpError.of(answer.code(), "status: " + answer.status() + ", " + answer.message()));
		}
		return null;
	}

}
