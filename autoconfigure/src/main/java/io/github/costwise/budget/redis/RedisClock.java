package io.github.costwise.budget.redis;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.costwise.time.Time;

/**
 * Whose clock counts: that of Redis, to which only durations by the clock of this machine
 * are sent, or one that callers bring along. Thread-safe.
 */
final class RedisClock {

	private static final String OF_REDIS = "";

	private final @Nullable Time here;

	private Instant latest = Instant.EPOCH;

	private RedisClock(@Nullable Time here) {
		this.here = here;
	}

	static RedisClock ofRedis(Time here) {
		return new RedisClock(here);
	}

	static RedisClock ofCallers() {
		return new RedisClock(null);
	}

	/** What a script is given as the present time. */
	String now(Instant given) {
		return (this.here != null) ? OF_REDIS : ScriptTexts.of(move(given));
	}

	/** The same where only an earlier time is known. */
	String after(Instant earlier) {
		return (this.here != null) ? OF_REDIS : ScriptTexts.of(last(earlier));
	}

	/** How long something lies ahead. */
	Duration until(Instant time) {
		Duration ahead = Duration.between(present(Instant.MIN), time);
		return ahead.isNegative() ? Duration.ZERO : ahead;
	}

	/** How long ago something was; nothing lies ahead. */
	Duration since(Instant time) {
		Duration ago = Duration.between(time, present(time));
		return ago.isNegative() ? Duration.ZERO : ago;
	}

	private Instant present(Instant earlier) {
		return (this.here != null) ? this.here.now() : last(earlier);
	}

	private synchronized Instant move(Instant given) {
		this.latest = given;
		return given;
	}

	private synchronized Instant last(Instant earlier) {
		this.latest = earlier.isAfter(this.latest) ? earlier : this.latest;
		return this.latest;
	}

}
