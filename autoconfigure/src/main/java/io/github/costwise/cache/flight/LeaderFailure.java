package io.github.costwise.cache.flight;

import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.CancellationException;

import org.jspecify.annotations.Nullable;

/**
 * Tells calls that failed from callers that went away.
 *
 * @since 0.1.0
 */
public final class LeaderFailure {

	private static final int DEEPEST = 20;

	private LeaderFailure() {
	}

	/**
	 * Returns whether a call ended because its caller did not want it any more, which
	 * says nothing of what others would receive.
	 * @param error how it ended
	 * @param interrupted whether the thread of the caller is interrupted
	 * @return whether the caller went away
	 */
	public static boolean isGone(Throwable error, boolean interrupted) {
		@Nullable Throwable cause = error;
		for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
			if (cause instanceof InterruptedException || cause instanceof CancellationException
					|| cause instanceof ClosedByInterruptException) {
				return true;
			}
			cause = cause.getCause();
		}
		return interrupted;
	}

}
