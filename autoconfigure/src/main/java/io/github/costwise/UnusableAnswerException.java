package io.github.costwise;

/**
 * Stands for an answer that arrived and answered nothing, among the failures of a call
 * whose other attempts failed too.
 *
 * @since 0.1.0
 */
public final class UnusableAnswerException extends CostwiseException {

	/**
	 * Creates an exception.
	 * @param message who answered, and what was wrong with it
	 */
	public UnusableAnswerException(String message) {
		super(message);
	}

}
