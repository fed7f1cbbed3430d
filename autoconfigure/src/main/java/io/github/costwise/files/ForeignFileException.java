package io.github.costwise.files;

import java.io.IOException;

/**
 * A file holds something else than what it was opened for. It was left as it is.
 *
 * @since 0.1.0
 */
public final class ForeignFileException extends IOException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception.
	 * @param message whose file it is, as part of a sentence
	 */
	public ForeignFileException(String message) {
		super(message);
	}

}
