package io.github.costwise.time;

/**
 * Tells how much time passes, whatever is done to the clock. Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Ticker {

	/**
	 * Reads the ticker.
	 * @return nanoseconds since any fixed moment, of which only differences mean
	 * something; may be negative and overflow
	 */
	long read();

	/**
	 * Returns the ticker of the machine.
	 * @return a ticker that never goes back
	 */
	static Ticker systemTicker() {
		return System::nanoTime;
	}

}
