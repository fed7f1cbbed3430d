package io.github.costwise.fallback.classify;

import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.Failure;
import io.github.costwise.model.FailureKind;
import io.github.costwise.spi.FailureClassifier;

/**
 * Answers that did not come in time.
 */
final class Timeouts implements FailureClassifier {

	@Override
	public @Nullable Failure classify(Throwable error) {
		return isTimeout(error) ? Failure.of(FailureKind.TIMED_OUT) : null;
	}

	private static boolean isTimeout(Throwable error) {
		return error instanceof TimeoutException || error instanceof SocketTimeoutException
				|| error.getClass().getSimpleName().endsWith("TimeoutException") || isCallTimeout(error);
	}

	/** The call time-out of OkHttp has no type of its own. */
	private static boolean isCallTimeout(Throwable error) {
		return error instanceof InterruptedIOException
				&& String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT).contains("timeout");
	}

}
