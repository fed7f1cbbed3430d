package io.github.costwise.fallback.classify;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.web.client.RestClientResponseException;

import io.github.costwise.model.Failure;
import io.github.costwise.spi.FailureClassifier;

/** The exceptions of Spring's blocking HTTP clients. */
final class SpringWebErrors implements FailureClassifier {

	private final HttpFailures http;

	SpringWebErrors(HttpFailures http) {
		this.http = http;
	}

	@Override
	public @Nullable Failure classify(Throwable error) {
		if (error instanceof RestClientResponseException answer) {
			HttpHeaders headers = answer.getResponseHeaders();
			return this.http.classify(new HttpError(answer.getStatusCode().value(), answer.getResponseBodyAsString(),
					(name) -> (headers != null) ? headers.getOrEmpty(name) : List.of()));
		}
		return null;
	}

}
