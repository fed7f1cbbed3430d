package io.github.costwise.testsupport;

/**
 * Says which real part could not be found, where it was looked for and how to get it.
 *
 * @since 0.1.0
 */
public final class RealPartMissingException extends RuntimeException {

	RealPartMissingException(String message) {
		super(message);
	}

}
