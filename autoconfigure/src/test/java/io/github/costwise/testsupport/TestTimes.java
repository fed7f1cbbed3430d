package io.github.costwise.testsupport;

import java.time.Clock;

import io.github.costwise.background.Background;
import io.github.costwise.faults.Faults;
import io.github.costwise.time.Time;

/** Times of tests that need threads to wait in earnest. */
public final class TestTimes {

	private static final Time REAL = new Background(new Faults()).time();

	private TestTimes() {
	}

	/**
	 * Returns the time of the machine.
	 * @return its clock, its ticker and timers
	 */
	public static Time real() {
		return REAL;
	}

	/**
	 * Returns the time of the machine but for its clock.
	 * @param clock tells what time it is
	 * @return the clock, and the ticker and timers of the machine
	 */
	public static Time real(Clock clock) {
		return new Time(clock, REAL.ticker(), REAL.timers());
	}

}
