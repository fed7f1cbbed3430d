package io.github.costwise.fallback.classify;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * An answer of a provider that is an error, whichever client received it. Immutable.
 *
 * @param status the HTTP status, 200 for an error within a stream, 0 if not known
 * @param text the body, or what is known of it
 * @param headers returns the values of a header
 */
record HttpError(int status, String text, Function<String, List<String>> headers) {

	/** Bodies may repeat the prompt; what tells the kind stands at their beginning. */
	private static final int LONGEST_TEXT = 8000;

	HttpError {
		text = (text.length() > LONGEST_TEXT) ? text.substring(0, LONGEST_TEXT) : text;
	}

	static HttpError of(int status, @Nullable String text) {
		return new HttpError(status, (text != null) ? text : "", (name) -> List.of());
	}

	@Nullable String header(String name) {
		List<String> values = this.headers.apply(name);
		return values.isEmpty() ? null : values.get(0);
	}

}
