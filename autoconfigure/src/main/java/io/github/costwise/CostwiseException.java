package io.github.costwise;

import org.jspecify.annotations.Nullable;

/**
 * What Costwise throws: a wrong configuration, a call that it did not send, or answers
 * and stores that failed. What models and their clients throw comes to the application as
 * it is.
 *
 * @since 0.1.0
 */
public abstract class CostwiseException extends RuntimeException {

	/**
	 * Creates an exception.
	 * @param message what is wrong
	 */
	protected CostwiseException(String message) {
		super(message);
	}

	/**
	 * Creates an exception with its cause.
	 * @param message what is wrong
	 * @param cause the cause, or {@code null} for none
	 */
	protected CostwiseException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
