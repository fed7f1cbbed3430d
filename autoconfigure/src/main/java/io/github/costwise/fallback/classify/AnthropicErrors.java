package io.github.costwise.fallback.classify;

import com.anthropic.errors.AnthropicServiceException;
import org.jspecify.annotations.Nullable;

import io.github.costwise.model.Failure;
import io.github.costwise.spi.FailureClassifier;

/** The exceptions of the Anthropic SDK. */
final class AnthropicErrors implements FailureClassifier {

	private final HttpFailures http;

	AnthropicErrors(HttpFailures http) {
		this.http = http;
	}

	@Override
	public @Nullable Failure classify(Throwable error) {
		if (error instanceof AnthropicServiceException answer) {
			return this.http
				.classify(new HttpError(answer.statusCode(), answer.body().toString(), answer.headers()::values));
		}
		return null;
	}

}
