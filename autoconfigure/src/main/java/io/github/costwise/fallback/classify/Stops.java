package io.github.costwise.fallback.classify;

import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Locale;
import java.util.concurrent.CancellationException;

import org.jspecify.annotations.Nullable;

import io.github.costwise.CostStop;
import io.github.costwise.model.Failure;
import io.github.costwise.model.FailureKind;
import io.github.costwise.spi.FailureClassifier;

/**
 * Calls that Costwise, the application or the virtual machine stopped.
 */
final class Stops implements FailureClassifier {

	@Override
	public @Nullable Failure classify(Throwable error) {
		return isStop(error) ? Failure.of(FailureKind.STOPPED) : null;
	}

	private static boolean isStop(Throwable error) {
		return error instanceof CostStop || error instanceof Error || error instanceof InterruptedException
				|| error instanceof CancellationException || error instanceof ClosedByInterruptException
				|| isInterruption(error);
	}

	/** OkHttp reports an interrupted thread so; its subtypes and time-outs do not. */
	private static boolean isInterruption(Throwable error) {
		return error.getClass() == InterruptedIOException.class
				&& String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT).contains("interrupt");
	}

}
