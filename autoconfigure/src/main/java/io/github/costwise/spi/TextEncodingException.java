package io.github.costwise.spi;

import org.jspecify.annotations.Nullable;

import io.github.costwise.CostwiseException;

/**
 * A text could not be encoded: the encoder did not start, or failed. The message never
 * contains the text. Whoever encodes goes on without a vector.
 *
 * @since 0.1.0
 */
public class TextEncodingException extends CostwiseException {

	/**
	 * Creates an exception.
	 * @param message what failed and what to do, without any text that was to be encoded
	 * @param cause what showed it, or {@code null}
	 */
	public TextEncodingException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
