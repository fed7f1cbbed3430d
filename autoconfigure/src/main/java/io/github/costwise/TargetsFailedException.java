package io.github.costwise;

import java.util.List;

/**
 * Several targets were asked in turn and none answered. The cause is the last failure;
 * those before it are suppressed exceptions.
 *
 * @since 0.1.0
 */
public final class TargetsFailedException extends CostwiseException {

	/**
	 * Creates an exception.
	 * @param message who was asked, and why nobody else
	 * @param failures the failures in their order, at least one
	 */
	public TargetsFailedException(String message, List<? extends Throwable> failures) {
		super(message, failures.get(failures.size() - 1));
		for (Throwable failure : failures.subList(0, failures.size() - 1)) {
			addSuppressed(failure);
		}
	}

}
