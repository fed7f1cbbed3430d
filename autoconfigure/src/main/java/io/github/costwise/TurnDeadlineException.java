package io.github.costwise;

import java.util.concurrent.TimeoutException;

/**
 * A call was given up because the deadline of its turn had come, or because its attempt
 * took longer than one may. What it still costs is settled when its answer comes.
 *
 * @since 0.1.0
 */
public class TurnDeadlineException extends CostwiseException {

	/**
	 * Creates an exception.
	 * @param message which time was up
	 */
	public TurnDeadlineException(String message) {
		super(message, new TimeoutException(message));
	}

}
