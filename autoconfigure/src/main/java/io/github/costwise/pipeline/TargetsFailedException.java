package io.github.costwise.pipeline;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.costwise.fallback.Step;

/**
 * Several targets were asked in turn and none answered. The cause is the last failure;
 * those before it are suppressed exceptions.
 *
 * @since 0.1.0
 */
public class TargetsFailedException extends RuntimeException {

	TargetsFailedException(List<TargetRun.FailedAttempt> attempts, Step.@Nullable Cause stopped) {
		super(attempts.size() + " attempts failed: "
				+ attempts.stream().map(TargetRun.FailedAttempt::toString).collect(Collectors.joining(", "))
				+ reason(stopped), attempts.get(attempts.size() - 1).error());
		attempts.subList(0, attempts.size() - 1).forEach((attempt) -> addSuppressed(attempt.error()));
	}

	private static String reason(Step.@Nullable Cause stopped) {
		return (stopped == null) ? "" : switch (stopped) {
			case NOT_ALLOWED -> "; after the last one no other target may be asked";
			case ATTEMPTS -> "; no more are allowed";
			case COST -> "; the turn may not spend more";
			case DEADLINE -> "; the time is up";
			case NO_TARGET_LEFT -> "; no other target is left";
		};
	}

}
