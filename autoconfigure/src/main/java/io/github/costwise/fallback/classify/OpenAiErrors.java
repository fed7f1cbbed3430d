package io.github.costwise.fallback.classify;

import com.openai.errors.OpenAIInvalidDataException;
import com.openai.errors.OpenAIServiceException;
import org.jspecify.annotations.Nullable;

import io.github.costwise.fallback.Failure;
import io.github.costwise.fallback.FailureClassifier;
import io.github.costwise.fallback.FailureKind;

/** The exceptions of the OpenAI SDK. */
final class OpenAiErrors implements FailureClassifier {

	private final HttpFailures http;

	OpenAiErrors(HttpFailures http) {
		this.http = http;
	}

	@Override
	public @Nullable Failure classify(Throwable error) {
		if (error instanceof OpenAIServiceException answer) {
			return this.http.classify(new HttpError(answer.statusCode(), text(answer), answer.headers()::values));
		}
		return (error instanceof OpenAIInvalidDataException) ? Failure.of(FailureKind.MALFORMED_ANSWER) : null;
	}

	private static String text(OpenAIServiceException answer) {
		return "code: " + answer.code().orElse("") + ", type: " + answer.type().orElse("") + ", " + answer.body();
	}

}
