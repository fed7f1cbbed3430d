package io.github.costwise.fallback.classify;

import com.openai.errors.OpenAIServiceException;
import org.jspecify.annotations.Nullable;

import io.github.costwise.model.Failure;
import io.github.costwise.spi.FailureClassifier;

/** The exceptions of the OpenAI SDK. */
final class OpenAiErrors implements FailureClassifier {

	private final HttpFailures http;

	OpenAiErrors(HttpFailures http) {
		this.http = http;
	}

	/** Code and type are read from the body: the accessors throw where Azure has null. */
	@Override
	public @Nullable Failure classify(Throwable error) {
		if (error instanceof OpenAIServiceException answer) {
			return this.http
				.classify(new HttpError(answer.statusCode(), answer.body().toString(), answer.headers()::values));
		}
		return null;
	}

}
