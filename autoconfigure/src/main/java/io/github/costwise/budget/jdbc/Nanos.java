package io.github.costwise.budget.jdbc;

import java.time.Instant;

/** Moments as they stand in rows: nanoseconds since 1970. */
final class Nanos {

	private static final long NANOS = 1_000_000_000L;

	private Nanos() {
	}

	static long of(Instant at) {
		return Math.addExact(Math.multiplyExact(at.getEpochSecond(), NANOS), at.getNano());
	}

	static Instant instant(long nanos) {
		return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
	}

	static Instant ofMicros(long micros) {
		return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), 1_000 * Math.floorMod(micros, 1_000_000L));
	}

}
