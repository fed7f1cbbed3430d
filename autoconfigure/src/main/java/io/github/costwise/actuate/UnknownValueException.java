package io.github.costwise.actuate;

import java.util.List;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/**
 * A request names something that there is not.
 */
@SuppressWarnings("serial")
final class UnknownValueException extends InvalidEndpointRequestException {

	private final List<String> known;

	UnknownValueException(String message, List<String> known) {
		super(message, message);
		this.known = List.copyOf(known);
	}

	List<String> known() {
		return this.known;
	}

}
