package io.github.costwise.pipeline;

import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.costwise.answer.AnswerVerdict;
import io.github.costwise.model.CallRecord;

/**
 * Reads failures, which reach the advisors in various wrappers.
 */
final class Failures {

	private static final int MAX_DEPTH = 16;

	private Failures() {
	}

	static boolean isTimeout(Throwable error) {
		return isAny(error, (cause) -> cause instanceof TimeoutException || cause instanceof InterruptedIOException
				|| cause.getClass().getSimpleName().endsWith("TimeoutException"));
	}

	/** Whether no connection was made in time, so that nothing was sent. */
	static boolean isConnectTimeout(Throwable error) {
		return isAny(error, (cause) -> cause instanceof ConnectException || isConnecting(cause)
				|| cause.getClass().getSimpleName().endsWith("ConnectTimeoutException"));
	}

	private static boolean isConnecting(Throwable cause) {
		String message = cause.getMessage();
		return cause instanceof InterruptedIOException && message != null
				&& message.toLowerCase(Locale.ROOT).contains("connect");
	}

	/**
	 * Whether a failure says that the waiting thread was interrupted. Clients keep the
	 * interrupt of their thread, or what it threw.
	 */
	static boolean isInterrupt(Throwable error) {
		return isAny(error,
				(cause) -> cause instanceof InterruptedException || cause instanceof ClosedByInterruptException)
				|| Thread.currentThread().isInterrupted();
	}

	private static boolean isAny(Throwable error, Predicate<Throwable> kind) {
		Throwable cause = error;
		for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
			if (kind.test(cause)) {
				return true;
			}
			cause = cause.getCause();
		}
		return false;
	}

	/**
	 * Returns the simple name of the failure itself, without the runtime exceptions that
	 * only wrap it.
	 */
	static String type(Throwable error) {
		Throwable cause = error;
		for (int depth = 0; isWrapper(cause) && depth < MAX_DEPTH; depth++) {
			Throwable inner = cause.getCause();
			if (inner == null) {
				break;
			}
			cause = inner;
		}
		return cause.getClass().getSimpleName();
	}

	/** Returns what is wrong with an answer that came without an exception. */
	static @Nullable String type(AnswerVerdict verdict) {
		return switch (verdict) {
			case INCOMPLETE -> CallRecord.INCOMPLETE;
			case CUT_OFF -> "CutOffAnswer";
			case WITHHELD -> "WithheldAnswer";
			case MALFORMED -> "MalformedAnswer";
			case WHOLE, EMPTY_END -> null;
		};
	}

	private static boolean isWrapper(Throwable error) {
		Class<?> type = error.getClass();
		return type == RuntimeException.class || type == IllegalStateException.class
				|| type.getName().startsWith("java.util.concurrent.") || type.getName().startsWith("reactor.");
	}

}
