package io.github.costwise.fallback;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How a target is doing. Immutable and thread-safe.
 *
 * @param name the target
 * @param state whether it is called
 * @param failureRate share of failed calls among the latest, from 0 to 1, or {@code null}
 * while too few are known
 * @param calls how many of the latest calls are known
 * @param since when it came into this state
 * @param until when it is tried again, or {@code null} if its circuit is not open
 * @since 0.1.0
 */
public record TargetState(String name, CircuitState state, @Nullable Double failureRate, int calls, Instant since,
		@Nullable Instant until) {

	/** Whether a target is called. */
	public enum CircuitState {

		/** It is called. */
		AVAILABLE,

		/** Its circuit is open, because too many calls failed. */
		FAILING,

		/** Its circuit is open, because the provider asked to wait. */
		WAITING,

		/** A few calls try whether it has recovered. */
		PROBING

	}

}
