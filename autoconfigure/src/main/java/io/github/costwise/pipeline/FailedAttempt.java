package io.github.costwise.pipeline;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.costwise.TargetsFailedException;
import io.github.costwise.fallback.FallbackStep;
import io.github.costwise.model.Failure;

/**
 * One attempt that failed.
 *
 * @param target name of the target
 * @param failure what went wrong
 * @param error what was thrown
 */
record FailedAttempt(String target, Failure failure, Throwable error) {

	/** What the caller gets after several of them. */
	static TargetsFailedException all(List<FailedAttempt> failed, FallbackStep.@Nullable Cause stopped) {
		String attempts = failed.stream().map(FailedAttempt::toString).collect(Collectors.joining(", "));
		return new TargetsFailedException(failed.size() + " attempts failed: " + attempts + reason(stopped),
				failed.stream().map(FailedAttempt::error).toList());
	}

	private static String reason(FallbackStep.@Nullable Cause stopped) {
		return (stopped == null) ? "" : switch (stopped) {
			case NOT_ALLOWED -> "; after the last one no other target may be asked";
			case ATTEMPTS -> "; no more are allowed";
			case COST -> "; the turn may not spend more";
			case DEADLINE -> "; the time is up";
			case NO_TARGET_LEFT -> "; no other target is left";
		};
	}

	@Override
	public String toString() {
		return this.target + " " + this.failure.kind()
				+ ((this.failure.status() > 0) ? " (" + this.failure.status() + ")" : "");
	}

}
