package io.github.costwise;

/**
 * A call that has a deadline was not sent, since every thread that could wait for it is
 * taken. No other model is tried: it would need such a thread as well.
 *
 * @since 0.1.0
 */
public class NoDeadlineWorkerException extends CostwiseException implements CostStop {

	/**
	 * Creates an exception.
	 * @param message how many threads there are, and what to change
	 */
	public NoDeadlineWorkerException(String message) {
		super(message);
	}

}
