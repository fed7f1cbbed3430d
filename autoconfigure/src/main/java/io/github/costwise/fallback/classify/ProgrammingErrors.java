package io.github.costwise.fallback.classify;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.Failure;
import io.github.costwise.model.FailureKind;
import io.github.costwise.spi.FailureClassifier;

/**
 * Mistakes in the application, in Spring AI or in Costwise: another model would not mend
 * them.
 */
final class ProgrammingErrors implements FailureClassifier {

	@Override
	public @Nullable Failure classify(Throwable error) {
		return isMistake(error) ? Failure.of(FailureKind.INVALID_REQUEST) : null;
	}

	private static boolean isMistake(Throwable error) {
		return isWrongType(error) || (isOfTheLanguage(error) && error.getCause() == null);
	}

	/** Of Jackson: the types of the application are at fault, not what was read. */
	static boolean isWrongType(Throwable error) {
		return error.getClass().getSimpleName().equals("InvalidDefinitionException");
	}

	private static boolean isOfTheLanguage(Throwable error) {
		String owner = error.getClass().getPackageName();
		return error instanceof RuntimeException && error.getClass() != RuntimeException.class
				&& (owner.equals("java.lang") || owner.equals("java.util"));
	}

}
