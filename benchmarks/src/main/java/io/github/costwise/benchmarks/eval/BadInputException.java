package io.github.costwise.benchmarks.eval;

import java.nio.file.Path;

/** A file does not hold what a command reads. */
final class BadInputException extends RuntimeException {

	BadInputException(Path file, long line, String reason) {
		super(file + ", line " + line + ": " + reason);
	}

}
