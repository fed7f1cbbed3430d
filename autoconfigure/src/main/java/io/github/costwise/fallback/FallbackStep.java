package io.github.costwise.fallback;

import java.time.Duration;

/**
 * What comes after a failure. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public sealed interface FallbackStep {

	/**
	 * Another attempt. The target's health has admitted it, so what becomes of it must be
	 * reported to {@link TargetHealth}.
	 *
	 * @param target which target to call
	 * @param delay how long to wait before, zero for another target than the one that
	 * failed
	 */
	record TryTarget(FallbackTarget target, Duration delay) implements FallbackStep {

	}

	/**
	 * No other attempt: the caller gets the failure.
	 *
	 * @param cause why
	 */
	record Stop(Cause cause) implements FallbackStep {

	}

	/** Why no other attempt is made. */
	enum Cause {

		/** The policy does not fall back, or not after a failure of this kind. */
		NOT_ALLOWED,

		/** As many attempts as allowed were made. */
		ATTEMPTS,

		/** The turn has spent what it may spend for another attempt. */
		COST,

		/** The time is up, or would be after the wait. */
		DEADLINE,

		/** Every target that may answer was tried or has an open circuit. */
		NO_TARGET_LEFT

	}

}
