package io.github.costwise.fallback.classify;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.Failure;
import io.github.costwise.model.FailureKind;
import io.github.costwise.spi.FailureClassifier;

/**
 * Connections that could not be made or broke off. A call that was cancelled at the HTTP
 * client, without a time-out, is a stop.
 */
final class ConnectionErrors implements FailureClassifier {

	@Override
	public @Nullable Failure classify(Throwable error) {
		if (isCancelled(error) || isCancelled(error.getCause())) {
			return Failure.of(FailureKind.STOPPED);
		}
		boolean io = error instanceof IOException && !UnreadableAnswers.isJson(error);
		return io ? Failure.of(FailureKind.CONNECTION) : null;
	}

	/** So OkHttp says it. */
	private static boolean isCancelled(@Nullable Throwable error) {
		return error instanceof IOException && "Canceled".equals(error.getMessage());
	}

}
