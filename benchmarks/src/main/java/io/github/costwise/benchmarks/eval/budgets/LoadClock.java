package io.github.costwise.benchmarks.eval.budgets;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

import io.github.costwise.model.BudgetSpan;

/**
 * A clock that goes on with each operation, through most of an hour, and that is an hour
 * ahead or back at times. Thread-safe.
 */
final class LoadClock {

	private static final Instant BEGIN = Instant.parse("2027-03-10T12:05:00Z");

	private static final long ALL_NANOS = Duration.ofMinutes(50).toNanos();

	private static final long HOUR = 3600;

	private static final int BETWEEN_JUMPS = 1_000;

	private final AtomicLong read = new AtomicLong();

	private final long stepNanos;

	LoadClock(int operations) {
		this.stepNanos = ALL_NANOS / operations;
	}

	/** The time of the next operation. */
	Instant next(Random random) {
		Instant now = BEGIN.plusNanos(this.read.incrementAndGet() * this.stepNanos);
		int jump = random.nextInt(2 * BETWEEN_JUMPS);
		return (jump > 1) ? now : now.plusSeconds((2 * jump - 1) * HOUR);
	}

	Instant now() {
		return BEGIN.plusNanos(this.read.get() * this.stepNanos);
	}

	/** When all that anybody forgot has expired. */
	Instant end() {
		return BEGIN.plusSeconds(3 * HOUR);
	}

	static BudgetSpan hour(Instant at) {
		Instant from = Instant.ofEpochSecond(at.getEpochSecond() / HOUR * HOUR);
		return new BudgetSpan(from, from.plusSeconds(HOUR), null);
	}

}
