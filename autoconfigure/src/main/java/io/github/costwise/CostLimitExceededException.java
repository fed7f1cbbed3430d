package io.github.costwise;

/**
 * Costwise refused a call because a limit set by the application was reached. Nothing was
 * sent to the provider; what the turn spent before is in the ledger.
 *
 * @since 0.1.0
 */
public class CostLimitExceededException extends CostwiseException implements CostStop {

	/**
	 * Creates an exception.
	 * @param message which limit was reached, and by what
	 */
	public CostLimitExceededException(String message) {
		super(message);
	}

}
