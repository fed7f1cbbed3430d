package io.github.costwise.model;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A failed call, classified. Immutable and thread-safe.
 *
 * @param kind what went wrong
 * @param retryAfter how long the provider asks to wait, not negative, or {@code null} if
 * it does not say or waiting would not help
 * @param status the HTTP status, or 0 if none is known
 * @since 0.1.0
 */
public record Failure(FailureKind kind, @Nullable Duration retryAfter, int status) {

	/**
	 * Creates a failure.
	 * @throws IllegalArgumentException if the wait is negative
	 */
	public Failure {
		if (retryAfter != null && retryAfter.isNegative()) {
			throw new IllegalArgumentException("A wait must not be negative: " + retryAfter);
		}
	}

	/**
	 * Returns a failure without a wait and a status.
	 * @param kind what went wrong
	 * @return the failure
	 */
	public static Failure of(FailureKind kind) {
		return new Failure(kind, null, 0);
	}

}
