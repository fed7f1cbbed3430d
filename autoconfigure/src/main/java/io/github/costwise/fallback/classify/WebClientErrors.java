package io.github.costwise.fallback.classify;

import org.jspecify.annotations.Nullable;

import org.springframework.web.reactive.function.client.WebClientResponseException;

import io.github.costwise.model.Failure;
import io.github.costwise.spi.FailureClassifier;

/** The exceptions of Spring's reactive HTTP client. */
final class WebClientErrors implements FailureClassifier {

	private final HttpFailures http;

	WebClientErrors(HttpFailures http) {
		this.http = http;
	}

	@Override
	public @Nullable Failure classify(Throwable error) {
		if (error instanceof WebClientResponseException answer) {
			return this.http.classify(new HttpError(answer.getStatusCode().value(), answer.getResponseBodyAsString(),
					(name) -> answer.getHeaders().getOrEmpty(name)));
		}
		return null;
	}

}
