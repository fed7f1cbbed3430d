package io.github.costwise.time;

import java.time.Clock;
import java.time.Instant;

/**
 * What parts that keep time work with. Its three sources belong together: whoever moves
 * one moves all. Thread-safe.
 *
 * @param clock tells what time it is, for records, ages and dates
 * @param ticker tells how long something took
 * @param timers wait
 * @since 0.1.0
 */
public record Time(Clock clock, Ticker ticker, Timers timers) {

	/**
	 * Returns the time of the machine.
	 * @param timers wait
	 * @return its clock and its ticker, with these timers
	 */
	public static Time system(Timers timers) {
		return new Time(systemClock(), Ticker.systemTicker(), timers);
	}

	/**
	 * Returns the clock of the machine.
	 * @return the clock, in UTC
	 */
	public static Clock systemClock() {
		return Clock.systemUTC();
	}

	/**
	 * Returns what time it is.
	 * @return the moment by the clock
	 */
	public Instant now() {
		return this.clock.instant();
	}

	/**
	 * Returns the time by which durations are measured.
	 * @return the ticker's nanoseconds
	 */
	public long nanos() {
		return this.ticker.read();
	}

}
