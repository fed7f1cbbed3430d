package io.github.costwise.actuate;

import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.util.MimeTypeUtils;

/**
 * What an endpoint answers to a request it cannot serve. Immutable.
 *
 * @param error what is wrong, as a sentence
 * @param known the values that would have been right; empty when the sentence says it
 * @since 0.1.0
 */
record Problem(String error, List<String> known) {

	static WebEndpointResponse<Object> guard(Supplier<Object> operation) {
		try {
			return new WebEndpointResponse<>(operation.get());
		}
		catch (InvalidEndpointRequestException ex) {
			return badRequest(ex);
		}
	}

	static WebEndpointResponse<Object> badRequest(InvalidEndpointRequestException cause) {
		List<String> known = (cause instanceof UnknownValueException unknown) ? unknown.known() : List.of();
		return response(new Problem(String.valueOf(cause.getReason()), known), WebEndpointResponse.STATUS_BAD_REQUEST);
	}

	static WebEndpointResponse<Object> notFound(String error, Collection<String> known) {
		return response(new Problem(error, List.copyOf(known)), WebEndpointResponse.STATUS_NOT_FOUND);
	}

	private static WebEndpointResponse<Object> response(Problem problem, int status) {
		return new WebEndpointResponse<>(problem, status, MimeTypeUtils.APPLICATION_JSON);
	}

}
