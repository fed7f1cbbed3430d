package io.github.costwise.benchmarks.eval;

import java.nio.file.Path;

/** A file does not hold what a command reads. */
final class BadInputException extends RuntimeException {

	/** Takes a message that names file, line and reason. */
	BadInputException(String message) {
		super(message);
	}

	BadInputException(Path file, long line, String reason) {
		super(file + ", line " + line + ": " + reason);
	}

}
