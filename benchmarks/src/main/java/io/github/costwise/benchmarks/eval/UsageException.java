package io.github.costwise.benchmarks.eval;

/** A command was called with arguments that it does not understand. */
final class UsageException extends RuntimeException {

	UsageException(String message) {
		super(message);
	}

}
